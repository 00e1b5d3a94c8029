// EXPECT: the assembler cannot embed a file of the user
// STATUS: exit
// PHASE: compile
// PLAIN: escapes-compiles
asm(".global diary\ndiary: .incbin \"@HOME@/diary.txt\"\n.byte 0\n");
extern "C" const char diary[];
int puts(const char*);
int main() {}
