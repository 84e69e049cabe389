/** Types of what Vite adds to imports. */
/// <reference types="vite/client" />
