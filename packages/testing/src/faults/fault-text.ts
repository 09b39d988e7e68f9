// What a good answer of the fault server says.

/** The text of every good answer, in the pieces in which it is sent. */
export const FAULT_TEXT = ['Grüezi! ', 'Sunny ☀️, ', '21 °C ', 'in <Zürich>.'] as const;
/** The whole text. */
export const ALL = FAULT_TEXT.join('');
/** What of it has come when something happens in the middle. */
export const HALF = FAULT_TEXT.slice(0, 2).join('');

/** The id that every answer carries in its headers. */
export const REQUEST_ID = 'req_fault';
