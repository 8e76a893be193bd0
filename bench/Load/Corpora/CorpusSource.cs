using TopicGrpc.Engine.Numerics;
using TopicGrpc.Parity.Inputs;

namespace TopicGrpc.Load.Corpora;

/// <summary>The documents of a run and, where they are recorded, their vectors.</summary>
/// <param name="Documents">JSON lines with <c>text</c>; may end in .gz.</param>
/// <param name="Embeddings">Vectors in the order of the documents (.npy); null: the server embeds them.</param>
internal sealed record CorpusSource(FileInfo Documents, FileInfo? Embeddings)
{
    private const string Posts = "data/20newsgroups/stripped.jsonl.gz";
    private const string PostVectors = "golden/20newsgroups/embeddings.npy";
    private const string Sample = "samples/state-of-the-union/addresses-1961-2021.jsonl";

    /// <summary>The 18,846 posts and their vectors where they lie beside the repository; else the sample that the repository holds.</summary>
    public static CorpusSource Find(DirectoryInfo repository)
    {
        FileInfo posts = new(Path.Combine(repository.FullName, "..", "shared", Posts));
        FileInfo vectors = new(Path.Combine(repository.FullName, "..", "shared", PostVectors));
        return posts.Exists && vectors.Exists ? new CorpusSource(posts, vectors) : new CorpusSource(new FileInfo(Path.Combine(repository.FullName, Sample)), null);
    }

    /// <summary>The first documents; their ids are their numbers.</summary>
    public IReadOnlyList<Engine.Documents.Document> ReadDocuments(int count) => [.. LabeledDocument.ReadAll(Documents.FullName).Take(count).Select(static document => document.Document)];

    /// <summary>Texts of the first documents with their vectors.</summary>
    public IEnumerable<(string Text, float[] Vector)> ReadVectors(int count)
    {
        Matrix rows = EmbeddingFile.Read(Embeddings!.FullName);
        return ReadDocuments(Math.Min(count, rows.Rows)).Select((document, row) => (document.Text, rows.Row(row).ToArray()));
    }
}
