using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Archive;

/// <summary>Reads and writes the self-test.</summary>
internal static class SelfTestTables
{
    public static void Write(ArchiveWriter writer, ModelSelfTest selfTest)
    {
        writer.Write(ArchiveNames.SelfTestTexts, selfTest.Texts);
        writer.Write(ArchiveNames.SelfTestEmbeddings, selfTest.Embeddings.Values, selfTest.Embeddings.Columns);
        writer.Write(ArchiveNames.SelfTestTopics, selfTest.TopicIds);
        writer.Write(ArchiveNames.SelfTestProbabilities, selfTest.Probabilities);
    }

    public static ModelSelfTest Read(ArchiveContent content, int dimension)
    {
        Matrix embeddings = content.Matrix(ArchiveNames.SelfTestEmbeddings);
        return embeddings.Columns == dimension
            ? new ModelSelfTest(
                content.Strings(ArchiveNames.SelfTestTexts),
                embeddings,
                content.Integers(ArchiveNames.SelfTestTopics),
                content.Doubles(ArchiveNames.SelfTestProbabilities))
            : throw new InvalidDataException($"{ArchiveNames.SelfTestEmbeddings} has embeddings of dimension {embeddings.Columns}; the "
                + $"encoder has {dimension}.");
    }
}
