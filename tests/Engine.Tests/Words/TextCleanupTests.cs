using TopicGrpc.Engine.Words;
using Xunit;

namespace TopicGrpc.Engine.Tests.Words;

/// <summary>
/// BERTopic's preprocessing of a topic's text, with <c>language="english"</c> and without; expected values recorded from
/// Python.
/// </summary>
public sealed class TextCleanupTests
{
    [Theory]
    [InlineData("a\tb\nc", "a b c")]
    [InlineData("don't", "dont")]
    [InlineData("state-of-the.art", "stateoftheart")]
    [InlineData("r\rn", "rn")]
    [InlineData("naïve café", "nave caf")]
    [InlineData("x_y 1,2", "xy 12")]
    [InlineData("é", "")]
    [InlineData("a\0b", "ab")]
    [InlineData("", "")]
    public void KeepAscii_Text_IsAsInPython(string text, string expected) =>
        Assert.Equal(expected, TextCleanup.KeepAscii(text ?? string.Empty));

    [Fact]
    public void KeepAscii_LongText_AllocatesNoMoreThanTheResult()
    {
        string unchanged = new('x', 1 << 20);
        string changed = new string('x', 1 << 20) + "-";
        long before = GC.GetAllocatedBytesForCurrentThread();

        string first = TextCleanup.KeepAscii(unchanged);
        string second = TextCleanup.KeepAscii(changed);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (2 << 20) + 10_000);
        Assert.Same(unchanged, first);
        Assert.Equal(unchanged, second);
    }

    [Theory]
    [InlineData("don't\tstop", true, "dont stop zz")]
    [InlineData("don't\tstop", false, "don stop zz")]
    [InlineData("r\rn state-of-the.art", true, "rn stateoftheart zz")]
    [InlineData("r\rn state-of-the.art", false, "art of state the zz")]
    [InlineData("é ", true, "zz")]
    [InlineData("é", true, "emptydoc zz")]
    [InlineData("é", false, "zz")]
    [InlineData("", true, "emptydoc zz")]
    [InlineData("", false, "emptydoc zz")]
    public void Fit_TextOfATopic_HasTheTermsOfPython(string text, bool ascii, string expected)
    {
        // The second topic has a word, so that an empty first topic is not an error.
        WordCounts counts = WordCase.Count(new WordOptions { KeepAsciiOnly = ascii }, text ?? string.Empty, "zz");

        Assert.Equal(expected, string.Join(' ', counts.Vocabulary.Terms));
    }
}
