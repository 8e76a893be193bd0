namespace TopicGrpc.Docs.Tests;

/// <summary>A call of <c>topicgrpc</c> that a document quotes.</summary>
/// <param name="Source">File and line.</param>
/// <param name="Arguments">Arguments after the name of the tool.</param>
/// <param name="IsMention">Whether the call stands in a sentence, which may name a command without its arguments.</param>
internal sealed record ToolCommand(string Source, string[] Arguments, bool IsMention)
{
    private const string Tool = "topicgrpc";
    private const string Project = "src/Cli";

    private static readonly string[] ShellLanguages = ["sh", "bash", "shell", "console"];

    /// <summary>Finds the calls in a block of shell text or in a code span.</summary>
    /// <exception cref="FormatException">The text is not valid shell text.</exception>
    public static IEnumerable<ToolCommand> Find(CodeBlock block)
    {
        bool isMention = block.Language is null;
        if ((!isMention && !ShellLanguages.Contains(block.Language)) || !NamesTool(block.Text))
        {
            yield break;
        }

        foreach ((int line, string[] words) in ShellText.Commands(block.Text))
        {
            if (ArgumentsOf(words) is { } arguments)
            {
                yield return new ToolCommand(FormattableString.Invariant($"{block.File}:{block.Line + line}"), arguments, isMention);
            }
        }
    }

    /// <summary>Finds the calls in the comments of a script.</summary>
    public static IEnumerable<ToolCommand> FindInComments(string file, string script) => script
        .Split('\n')
        .Index()
        .Where(static line => line.Item.StartsWith('#'))
        .SelectMany(line => Find(new CodeBlock(file, line.Index + 1, "sh", line.Item.TrimStart('#', '!', ' '))));

    private static bool NamesTool(string text) =>
        text.Contains(Tool, StringComparison.Ordinal) || text.Contains(Project, StringComparison.Ordinal);

    private static string[]? ArgumentsOf(string[] words)
    {
        if (words is [Tool, .. string[] rest])
        {
            return rest;
        }

        int separator = Array.IndexOf(words, "--");
        return words is ["dotnet", "run", ..] && words.Contains(Project) && separator >= 0 ? words[(separator + 1)..] : null;
    }
}
