#include <stdio.h>

int main(void) {
  puts("the client runs");
  return 0;
}
