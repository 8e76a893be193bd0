using System.Diagnostics;

namespace TopicGrpc.Onnx.Tests.Tokens;

/// <summary>The cost of a text is at most one pass over it, whatever its content.</summary>
public sealed class LongTextTests
{
    private const int TenMillion = 10_000_000;

    // Microsoft.ML.Tokenizers takes 0.5 s or more to normalize ten million characters on an idle machine; one pass takes milliseconds.
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(400);

    // Each long text, and a short one with the same ids. Created on request: together they take 320 MB.
    private static readonly Dictionary<string, (Func<string> Text, string Same)> Texts = new(StringComparer.Ordinal)
    {
        ["words"] = (static () => Repeat("Some words, and more. ", TenMillion), Repeat("Some words, and more. ", 4096)),
        ["spaces"] = (static () => new string(' ', TenMillion), string.Empty),
        ["spaces, then a word"] = (static () => new string(' ', TenMillion) + "word", "word"),
        ["no-break spaces and controls"] = (static () => Repeat("\u00a0\u0001\u200b\n", TenMillion), string.Empty),
        ["a word, then spaces"] = (static () => "word" + new string('\n', TenMillion), "word"),
        ["one word"] = (static () => new string('x', TenMillion), "[UNK]"),
        ["one accented word"] = (static () => new string('é', TenMillion), "[UNK]"),
        ["one word with soft hyphens"] = (static () => Repeat("ab\u00ad", TenMillion), "[UNK]"),
        ["one word, then another"] = (static () => new string('x', TenMillion) + " word", "[UNK] word"),
        ["one word of letters above the basic plane"] = (static () => Repeat("😀𐐨", TenMillion), "[UNK]"),
        ["marks"] = (static () => new string('\u0301', TenMillion), string.Empty),
        ["halves of pairs"] = (static () => new string('\ud83d', TenMillion), string.Empty),
        ["exclamation marks"] = (static () => new string('!', TenMillion), new string('!', 4096)),
        ["ideographs"] = (static () => new string('中', TenMillion), new string('中', 4096)),
        ["rare words"] = (static () => Repeat(Repeat("qz", 98) + " ", TenMillion), Repeat(Repeat("qz", 98) + " ", 40_000)),
        ["words unknown at the last letter"] =
            (static () => Repeat(Repeat("qz", 98) + "😀 ", TenMillion), Repeat(Repeat("qz", 98) + "😀 ", 40_000)),
    };

    public static TheoryData<string> Kinds() => [.. Texts.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Encode_TenMillionCharacters_CostsMillisecondsAndGivesTheSameIds(string kind)
    {
        string text = Texts[kind].Text();
        long[] expected = TokenizerFixture.Ids(Texts[kind].Same);
        long[] ids = [];
        TimeSpan taken = TimeSpan.MaxValue;

        // Best of three: the first run includes JIT compilation, and the machine can be busy.
        for (int run = 0; run < 3; run++)
        {
            long started = Stopwatch.GetTimestamp();
            ids = TokenizerFixture.Ids(text);
            TimeSpan once = Stopwatch.GetElapsedTime(started);
            taken = once < taken ? once : taken;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: {taken.TotalMilliseconds:F1} ms");
        Assert.Equal(expected, ids);
        Assert.True(taken < Bound, $"{kind}: {taken.TotalMilliseconds:F1} ms");
    }

    private static string Repeat(string unit, int length) => string.Concat(Enumerable.Repeat(unit, length / unit.Length));
}
