/** What the interface says in other languages than English. The order of words is that of `ORDER`. */

/** The words that are translated, as `WORDS` names them. */
export const ORDER = [
  "ask",
  "send",
  "stop",
  "close",
  "another",
  "pause",
  "play",
  "thinking",
  "online",
  "connecting",
  "offline",
  "refused",
  "tryAgain",
  "notSent",
  "waiting",
  "failed",
  "stopped",
  "nothingFound",
  "sources",
  "latest",
  "conversation",
  "suggestions",
  "visitor",
  "openSource",
  "sourceName",
  "pageName",
] as const;

/** By the language's own tag; one sentence a word. */
export const TONGUES: Readonly<Record<string, string>> = {
  de: "Frag etwas …|Senden|Antwort anhalten|Schließen|Neues Gespräch beginnen|Bewegung anhalten|Bewegung zulassen|Denkt nach|Online|Verbindet …|Keine Verbindung. Was du schreibst, wird gesendet, sobald sie wieder da ist.|Diese Figur ist hier nicht verfügbar.|Erneut versuchen|Nicht gesendet.|Wartet auf das Senden|Die Antwort brach ab.|Angehalten|Darüber steht nichts in den Quellen|Quellen|Zur neuesten Nachricht|Gespräch|Vorgeschlagene Fragen|Du|Quelle öffnen|Quelle|Seite",
  fr: "Posez une question…|Envoyer|Arrêter la réponse|Fermer|Nouvelle conversation|Arrêter l’animation|Relancer l’animation|Réfléchit|En ligne|Connexion…|Pas de connexion. Vos messages partiront dès son retour.|Ce personnage n’est pas disponible ici.|Réessayer|Non envoyé.|En attente d’envoi|La réponse s’est interrompue.|Arrêté|Rien à ce sujet dans les sources|Sources|Au dernier message|Conversation|Questions suggérées|Vous|Ouvrir la source|Source|Page",
  es: "Pregunta algo…|Enviar|Detener la respuesta|Cerrar|Nueva conversación|Detener el movimiento|Permitir el movimiento|Pensando|En línea|Conectando…|Sin conexión. Lo que escribas se enviará cuando vuelva.|Este personaje no está disponible aquí.|Reintentar|No enviado.|Pendiente de envío|La respuesta se interrumpió.|Detenido|No hay nada sobre esto en las fuentes|Fuentes|Al último mensaje|Conversación|Preguntas sugeridas|Tú|Abrir la fuente|Fuente|Página",
  it: "Chiedi qualcosa…|Invia|Ferma la risposta|Chiudi|Nuova conversazione|Ferma il movimento|Riprendi il movimento|Sta pensando|Online|Connessione…|Nessuna connessione. Ciò che scrivi sarà inviato quando torna.|Questo personaggio non è disponibile qui.|Riprova|Non inviato.|In attesa di invio|La risposta si è interrotta.|Fermato|Nelle fonti non c’è nulla su questo|Fonti|All’ultimo messaggio|Conversazione|Domande suggerite|Tu|Apri la fonte|Fonte|Pagina",
  pt: "Pergunte algo…|Enviar|Parar a resposta|Fechar|Nova conversa|Parar o movimento|Retomar o movimento|A pensar|Online|A ligar…|Sem ligação. O que escrever será enviado quando ela voltar.|Esta personagem não está disponível aqui.|Tentar de novo|Não enviado.|À espera de envio|A resposta foi interrompida.|Parado|Nada sobre isto nas fontes|Fontes|Para a última mensagem|Conversa|Perguntas sugeridas|Você|Abrir a fonte|Fonte|Página",
  nl: "Vraag iets…|Versturen|Antwoord stoppen|Sluiten|Nieuw gesprek|Beweging stoppen|Laten bewegen|Denkt na|Online|Verbinden…|Geen verbinding. Wat je schrijft, wordt verstuurd zodra ze terug is.|Dit personage is hier niet beschikbaar.|Opnieuw proberen|Niet verstuurd.|Wacht op versturen|Het antwoord brak af.|Gestopt|Hierover staat niets in de bronnen|Bronnen|Naar het nieuwste bericht|Gesprek|Voorgestelde vragen|Jij|Bron openen|Bron|Pagina",
  pl: "Zapytaj o coś…|Wyślij|Zatrzymaj odpowiedź|Zamknij|Nowa rozmowa|Zatrzymaj ruch|Wznów ruch|Myśli|Online|Łączenie…|Brak połączenia. Twoje wiadomości zostaną wysłane, gdy wróci.|Ta postać nie jest tu dostępna.|Spróbuj ponownie|Nie wysłano.|Czeka na wysłanie|Odpowiedź została przerwana.|Zatrzymano|W źródłach nic o tym nie ma|Źródła|Do najnowszej wiadomości|Rozmowa|Proponowane pytania|Ty|Otwórz źródło|Źródło|Strona",
  sv: "Fråga något…|Skicka|Stoppa svaret|Stäng|Ny konversation|Stoppa rörelsen|Låt den röra sig|Tänker|Online|Ansluter…|Ingen anslutning. Det du skriver skickas när den är tillbaka.|Den här figuren är inte tillgänglig här.|Försök igen|Inte skickat.|Väntar på att skickas|Svaret avbröts.|Stoppat|Inget om detta i källorna|Källor|Till senaste meddelandet|Konversation|Föreslagna frågor|Du|Öppna källan|Källa|Sida",
  tr: "Bir şey sorun…|Gönder|Yanıtı durdur|Kapat|Yeni görüşme|Hareketi durdur|Harekete izin ver|Düşünüyor|Çevrimiçi|Bağlanıyor…|Bağlantı yok. Yazdıklarınız bağlantı gelince gönderilecek.|Bu karakter burada kullanılamıyor.|Yeniden dene|Gönderilmedi.|Gönderilmeyi bekliyor|Yanıt yarıda kaldı.|Durduruldu|Kaynaklarda bununla ilgili bir şey yok|Kaynaklar|En son iletiye|Görüşme|Önerilen sorular|Siz|Kaynağı aç|Kaynak|Sayfa",
  ar: "اسأل شيئًا…|إرسال|إيقاف الإجابة|إغلاق|محادثة جديدة|إيقاف الحركة|السماح بالحركة|يفكر|متصل|جارٍ الاتصال…|لا يوجد اتصال. سيُرسل ما تكتبه عند عودته.|هذه الشخصية غير متاحة هنا.|حاول مرة أخرى|لم يُرسل.|في انتظار الإرسال|انقطعت الإجابة.|أُوقفت|لا شيء عن هذا في المصادر|المصادر|إلى أحدث رسالة|المحادثة|أسئلة مقترحة|أنت|افتح المصدر|المصدر|صفحة",
  ja: "質問を入力…|送信|回答を止める|閉じる|新しい会話を始める|動きを止める|動かす|考えています|オンライン|接続中…|接続がありません。書いた内容は接続が戻ると送信されます。|このキャラクターはここでは利用できません。|もう一度試す|送信されていません。|送信待ち|回答が途切れました。|停止しました|資料にはこれについての記載がありません|出典|最新のメッセージへ|会話|質問の例|あなた|出典を開く|出典|ページ",
  zh: "问点什么…|发送|停止回答|关闭|开始新对话|停止动作|恢复动作|正在思考|在线|正在连接…|没有连接。您写的内容会在恢复后发送。|此角色在这里不可用。|重试|未发送。|等待发送|回答中断了。|已停止|资料中没有相关内容|来源|跳到最新消息|对话|建议的问题|您|打开来源|来源|页",
};
