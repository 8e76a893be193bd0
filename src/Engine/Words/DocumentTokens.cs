namespace TopicGrpc.Engine.Words;

/// <summary>Documents as numbers of their words, stop words left out: what every count is made from, so that texts are read once.</summary>
/// <param name="Tokens">Distinct words in order of first appearance; the last is <see cref="TextCleanup.EmptyText"/>, whether it occurs or not.</param>
/// <param name="Starts">Documents + 1 offsets into <paramref name="Ids"/>.</param>
/// <param name="Ids">Word numbers, document after document.</param>
/// <param name="IsEmpty">Whether a document has no character at all.</param>
internal sealed record DocumentTokens(string[] Tokens, int[] Starts, int[] Ids, bool[] IsEmpty)
{
    public int DocumentCount => Starts.Length - 1;

    /// <summary>Number of the word that stands for a topic without text; −1 where it is a stop word.</summary>
    public required int EmptyTextId { get; init; }

    public ReadOnlySpan<int> Document(int document) => Ids.AsSpan(Starts[document], Starts[document + 1] - Starts[document]);
}
