"""The avatar on the screen: OpenGL 3.3 core, no Qt. Drawing needs a current GL context.

Before any OpenGL is imported, call `studio.config.choose_opengl_platform` with Qt's platform name. In a window:

    stage = Stage()                              # with the context current (initializeGL)
    stage.load(glb, acting, framing="full")      # replaces the avatar before; acting gives front, blink, clip settings
    stage.resize(width, height, pixel_ratio)     # the window's units
    stage.set_backdrop(Backdrop(upper, lower))   # sRGB 0..1; DARK_BACKDROP; None is transparent
    stage.draw(now_seconds)                      # into the framebuffer that is bound (paintGL); any steady clock
    if stage.needs_redraw: ...                   # something moves, or the camera was touched
    stage.dispose()                              # with the context current; frees every GL object

    stage.camera.orbit(dx, dy), .pan(dx, dy)     # drags in fractions of the viewport's height, +y down
    stage.camera.zoom(steps)                     # wheel steps, + comes nearer
    stage.camera.spin(seconds)                   # a turntable
    stage.frame("full" | "half" | "bust")        # from the front, as the widget frames
    stage.show_overlays(Overlays(grid=True, skeleton=True, wireframe=True))
    stage.show_tone("neutral" | "aces")          # visitors see neutral
    stage.statistics                             # triangles, draw calls, joints, bytes on the card

Without holding up a window: what takes long needs no OpenGL, and uploading comes in slices.

    prepared = prepare(glb, acting)              # on any thread
    for _ in stage.arriving(prepared, framing):  # with the context current; the avatar before stays until the end
        ...                                      # look at the clock, go on with the next frame
    view = LiveView(stage, smoothing="edges")    # smaller while it moves on slow machines, ever finer as it stands
    view.draw(pose)

    stage.player.play(clip, role, now)           # role decides: posture or gesture; sets `manner`
    stage.player.manner = "talking"              # the role of the posture, also where an idle stands in for it:
                                                 # an avatar without such a clip then thinks, nods, bobs by itself
    stage.player.play_gesture(clip, now, upper_body_only=True)     # cues of middling intensity
    stage.player.preview(clip, now)              # loops a clip by its settings until something else is played
    stage.player.held(clip, seconds, now)        # one place of it, as it is played
    stage.player.stop_gesture(now)
    stage.player.move_head("nod" | "shake_head" | "slow_nod")      # for an avatar without such a clip
    stage.player.look_at(right, up)              # the pointer, in viewport heights from the avatar's eyes
    stage.player.set_face({"mouthSmile": 0.6}, now, seconds=0.4)   # others fade back
    stage.player.set_mouth({"viseme_aa": 0.5})   # at once; {} stops in the same frame
    stage.player.lively = False                  # no blinking, glancing, breathing
    stage.player.acting = new_map                # after the designer changed it; stage.load for a new front
    stage.player.shares(now)                     # how much of each clip is seen

Pictures, without any window or in the current context:

    render_poster(glb_bytes, clip, seconds, (w, h), framing, acting) -> PIL RGBA, transparent
    draw_poster(glb, clip, seconds, (w, h), framing, acting, backdrop)   # in the context that is current

Names are imported from their modules, so that `studio.render.player` and `.camera` load no OpenGL:
`studio.render.stage` (Stage, Backdrop, DARK_BACKDROP), `.overlays` (Overlays), `.live` (LiveView), `.preparing`
(prepare), `.player` (Player, POSTURES), `.camera` (Camera), `.framing` (Framing), `.posters` (render_poster,
draw_poster), `.offscreen` (offscreen_context).
"""
