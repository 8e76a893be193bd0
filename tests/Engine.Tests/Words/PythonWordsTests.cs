using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TopicGrpc.Engine.Tests.Architecture;
using TopicGrpc.Engine.Words.Segmentation;
using Xunit;

namespace TopicGrpc.Engine.Tests.Words;

/// <summary>
/// Compares word characters and lowercase with Python 3.11 (Unicode 14) for every assigned code point.
/// <c>python-words.txt</c> has a line for each run: first and last code point, <c>w</c> for word characters, and the offset
/// to the lowercase letter, or <c>split</c> if the lowercase is a letter and a mark.
/// </summary>
public sealed class PythonWordsTests
{
    /// <summary>
    /// SHA-256 of the tokens of <c>ab</c> + code point + <c>cd</c>, joined by <c>|</c>, a line for each assigned code
    /// point; recorded from Python's <c>re</c>.
    /// </summary>
    private const string RecordedTokens = "BE8770F9007067BB30021F837A85BBACB02F21B28952B6A52117F7DD1197D413";

    private static readonly Run[] Runs = Read();

    [Fact]
    public void IsWord_EveryAssignedCodePoint_IsAsInPython() =>
        Assert.Empty(
            CodePoints().Where(point => WordCharacters.IsWord(point.Rune) != point.Run.IsWord).Select(point => $"U+{point.Rune.Value:X4}"));

    [Fact]
    public void MoveNext_EveryAssignedCodePointInAWord_GivesPythonsTokens()
    {
        StringBuilder lines = new();
        List<string> wrong = [];
        foreach ((Rune rune, Run run) in CodePoints())
        {
            string tokens = Tokens($"ab{rune}cd");
            lines.Append(tokens).Append('\n');
            if (tokens != run.Expected(rune))
            {
                wrong.Add($"U+{rune.Value:X4}: {tokens}");
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(RecordedTokens, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString()))));
    }

    private static string Tokens(string text)
    {
        StringBuilder words = new();
        Tokenizer reader = new(text, new LowercaseBuffer());
        while (reader.MoveNext())
        {
            words.Append(words.Length > 0 ? "|" : string.Empty).Append(reader.Current);
        }

        return words.ToString();
    }

    private static IEnumerable<(Rune Rune, Run Run)> CodePoints() =>
        Runs.SelectMany(
            run => Enumerable.Range(run.First, run.Last - run.First + 1).Where(Rune.IsValid).Select(value => (new Rune(value), run)));

    private static Run[] Read() =>
    [
        .. File.ReadLines(Path.Combine(RepositoryRoot.Path, "tests/Engine.Tests/Words/python-words.txt"))
            .Select(line => line.Split(' '))
            .Select(parts => new Run(
                int.Parse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                int.Parse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                parts[2] == "w",
                parts[3] == "split" ? null : int.Parse(parts[3], CultureInfo.InvariantCulture))),
    ];

    private sealed record Run(int First, int Last, bool IsWord, int? Step)
    {
        public string Expected(Rune rune) => (IsWord, Step) switch
        {
            (true, { } step) => $"ab{new Rune(rune.Value + step)}cd",
            (true, null) => "abi|cd",
            _ => "ab|cd",
        };
    }
}
