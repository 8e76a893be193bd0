namespace TopicGrpc.Engine.Words;

/// <summary>
/// Tokenized documents: the word numbers of each document without stop words. All counts use this form, so that texts are
/// tokenized once.
/// </summary>
/// <param name="Tokens">Distinct words in order of first appearance; the last is always <see cref="TextCleanup.EmptyText"/>.</param>
/// <param name="Starts">Offsets into <paramref name="Ids"/>, one per document plus one.</param>
/// <param name="Ids">Word numbers by document.</param>
/// <param name="IsEmpty">True for a document of length 0.</param>
internal sealed record DocumentTokens(string[] Tokens, int[] Starts, int[] Ids, bool[] IsEmpty)
{
    public int DocumentCount => Starts.Length - 1;

    /// <summary>Number of <see cref="TextCleanup.EmptyText"/>; −1 if it is a stop word.</summary>
    public required int EmptyTextId { get; init; }

    public ReadOnlySpan<int> Document(int document) => Ids.AsSpan(Starts[document], Starts[document + 1] - Starts[document]);
}
