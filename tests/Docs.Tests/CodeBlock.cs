namespace TopicGrpc.Docs.Tests;

/// <summary>Code that a document quotes.</summary>
/// <param name="File">Path of the document.</param>
/// <param name="Line">Line of the first character of the code, counted from 1.</param>
/// <param name="Language">Language of a fenced block, empty if it has none; null for a code span in a sentence.</param>
/// <param name="Text">The code.</param>
internal sealed record CodeBlock(string File, int Line, string? Language, string Text)
{
    public override string ToString() => FormattableString.Invariant($"{File}:{Line}");
}
