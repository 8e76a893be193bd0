using System.Runtime.InteropServices;
using TopicGrpc.Engine.Embeddings;

namespace TopicGrpc.ChildServer;

/// <summary>An encoder whose native code fails: it ends the process, or does not return, for texts with a given word.</summary>
internal sealed class ChildEmbedder(IEmbedder inner, string? abortWord, string? hangWord) : IEmbedder
{
    public EmbedderInfo Info => inner.Info;

    public EmbeddingCost Embed(string text, Span<float> destination, CancellationToken cancellationToken)
    {
        if (Contains(text, abortWord))
        {
            Abort();
        }

        if (Contains(text, hangWord))
        {
            // Waits for itself, so for ever, and without cancellation: native code knows none.
            Thread.CurrentThread.Join();
        }

        return inner.Embed(text, destination, cancellationToken);
    }

    private static bool Contains(string text, string? word) => word is not null && text.Contains(word, StringComparison.Ordinal);

    [DllImport("libc", EntryPoint = "abort")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void Abort();
}
