package dev.muster.launcher.image;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Gives classes of before Java 6 the stack maps that newer ones have. Without them a JVM verifies a class in the old way, and
 * no archive of classes takes it
 * (<a href="https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html#jvms-4.10">JVMS 4.10</a>). Of all libraries in
 * the image only picocli is that old, and every start reads options with it: a tenth of a start's CPU time.
 */
final class StackMaps {
    private static final String CLASS = ".class";
    private static final int MAJOR_VERSION = 7;

    private StackMaps() {}

    /**
     * What of it goes into the image: a class without stack maps with them, anything else as it is. What classes have in
     * common is looked up among the classes of this process.
     *
     * @param name the entry's name in its jar
     */
    static byte[] added(String name, byte[] content) {
        if (!name.endsWith(CLASS) || content.length <= MAJOR_VERSION || content[MAJOR_VERSION] >= Opcodes.V1_6) {
            return content;
        }
        var writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        new ClassReader(content)
                .accept(
                        new ClassVisitor(Opcodes.ASM9, writer) {
                            @Override
                            public void visit(
                                    int version,
                                    int access,
                                    String own,
                                    String signature,
                                    String parent,
                                    String[] interfaces) {
                                super.visit(Opcodes.V1_8, access, own, signature, parent, interfaces);
                            }
                        },
                        0);
        return writer.toByteArray();
    }
}
