using TopicGrpc.Engine.Topics.Recognition;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Recognition;

public sealed class TextFingerprintTests
{
    [Fact]
    public void Of_KnownText_IsTheStartOfItsSha256()
    {
        // SHA-256 of "abc", FIPS 180-2, appendix B.1.
        Assert.Equal(new TextFingerprint(0xba7816bf8f01cfea, 0x414140de), TextFingerprint.Of("abc"));
    }

    [Theory]
    [InlineData(" moon  landing\r\n")]
    [InlineData("moon\tlanding")]
    [InlineData("\u2003moon\u00a0landing")]
    public void Of_OtherWhiteSpace_IsTheSame(string text) => Assert.Equal(TextFingerprint.Of("moon landing"), TextFingerprint.Of(text));

    [Theory]
    [InlineData("Moon landing")]
    [InlineData("moonlanding")]
    [InlineData("moon landing.")]
    public void Of_OtherText_Differs(string text) => Assert.NotEqual(TextFingerprint.Of("moon landing"), TextFingerprint.Of(text));

    [Fact]
    public void Of_OnlyWhiteSpace_IsThatOfTheEmptyText() => Assert.Equal(TextFingerprint.Of(""), TextFingerprint.Of(" \n "));
}
