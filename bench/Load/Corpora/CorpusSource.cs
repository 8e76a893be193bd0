using TopicGrpc.Engine.Numerics;
using TopicGrpc.Parity.Inputs;

namespace TopicGrpc.Load.Corpora;

/// <summary>The documents of a run and, if recorded, their vectors.</summary>
/// <param name="Documents">JSON Lines file with <c>text</c>, optionally compressed (.gz).</param>
/// <param name="Embeddings">Vectors in document order (.npy); null if the server embeds the documents.</param>
internal sealed record CorpusSource(FileInfo Documents, FileInfo? Embeddings)
{
    private const string Posts = "data/20newsgroups/stripped.jsonl.gz";
    private const string PostVectors = "golden/20newsgroups/embeddings.npy";
    private const string Sample = "samples/state-of-the-union/addresses-1961-2021.jsonl";

    /// <summary>
    /// Returns the 18,846 posts with their vectors if they are next to the repository, otherwise the sample in the
    /// repository.
    /// </summary>
    public static CorpusSource Find(DirectoryInfo repository)
    {
        FileInfo posts = new(Path.Combine(repository.FullName, "..", "shared", Posts));
        FileInfo vectors = new(Path.Combine(repository.FullName, "..", "shared", PostVectors));
        return posts.Exists && vectors.Exists
            ? new CorpusSource(posts, vectors)
            : new CorpusSource(new FileInfo(Path.Combine(repository.FullName, Sample)), null);
    }

    /// <summary>Reads the first documents; their ids are their numbers.</summary>
    public IReadOnlyList<Engine.Documents.Document> ReadDocuments(int count) =>
        [.. LabeledDocument.ReadAll(Documents.FullName).Take(count).Select(static document => document.Document)];

    /// <summary>Reads the texts of the first documents with their vectors.</summary>
    public IEnumerable<(string Text, float[] Vector)> ReadVectors(int count)
    {
        Matrix rows = EmbeddingFile.Read(Embeddings!.FullName);
        return ReadDocuments(Math.Min(count, rows.Rows)).Select((document, row) => (document.Text, rows.Row(row).ToArray()));
    }
}
