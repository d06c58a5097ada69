/* lib/report/xml.h: text in XML 1.0, whatever is in it. */
#ifndef CHK_REPORT_XML_H
#define CHK_REPORT_XML_H

#include "base/buffer.h"

/*
 * Appends `text` as content of an element or between quotation marks: what
 * would be mark-up becomes an entity, what XML cannot hold at all (section
 * 2.2) or what moves a cursor "\xHH". NULL is as empty.
 */
void chk_xml_text(struct chk_buffer *buffer, const char *text);
/* ` name="text"` */
void chk_xml_attribute(struct chk_buffer *buffer, const char *name,
		       const char *text);

#endif
