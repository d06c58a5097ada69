/* cli/main.c: the table of commands. */
#include <stdio.h>

#include <chaincheck.h>

int main(void)
{
	printf("chaincheck %s\n", chk_version());
	return 0;
}
