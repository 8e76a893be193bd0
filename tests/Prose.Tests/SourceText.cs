using System.Text.RegularExpressions;

namespace TopicGrpc.Prose.Tests;

/// <summary>The prose of a C# or proto file: comments and, in C#, string literals.</summary>
internal static partial class SourceText
{
    public static IReadOnlyList<Passage> Comments(string source) => [.. Tokens(source, "comment").Select(Clean)];

    public static IReadOnlyList<Passage> CommentsAndStrings(string source) => [.. Tokens(source, "comment", "string").Select(Clean)];

    private static IEnumerable<Passage> Tokens(string source, params string[] kinds)
    {
        int line = 1;
        int counted = 0;
        foreach (Match token in Token().Matches(source))
        {
            line += source.AsSpan(counted..token.Index).Count('\n');
            counted = token.Index;
            if (!kinds.Any(kind => token.Groups[kind].Success))
            {
                continue;
            }

            int within = 0;
            foreach (string text in token.Value.Split('\n'))
            {
                yield return new Passage(line + within++, text.TrimEnd('\r'));
            }
        }
    }

    private static Passage Clean(Passage passage) => passage with { Text = Markup().Replace(passage.Text, " ").Trim() };

    // Raw strings come before plain ones; character literals are read so that '"' begins no string.
    [GeneratedRegex("""
        (?<comment>//[^\n]*|/\*.*?\*/)|(?<string>\$*("{3,}).*?\1|\$?@\$?"(?:[^"]|"")*"|\$?"(?:\\.|[^"\\\n])*")|'(?:\\.|[^'\\\n])+'
        """, RegexOptions.Singleline)]
    private static partial Regex Token();

    [GeneratedRegex("^ *(///?|/?[*]+)|[*]/|</?[a-zA-Z][^>]*>|`[^`]*`")]
    private static partial Regex Markup();
}
