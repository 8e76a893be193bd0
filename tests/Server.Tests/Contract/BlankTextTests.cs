using TopicGrpc.Shared.Limits;

namespace TopicGrpc.Server.Tests.Contract;

/// <summary>D11: texts of which no token is left.</summary>
public sealed class BlankTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" \t\r\n\u00A0\u3000")]
    [InlineData("\u200B")]
    [InlineData("\uFEFF\u200D\u2060")]
    [InlineData("\0\u0001\u001F\u007F")]
    public void IsBlank_NothingVisible_True(string text) => Assert.True(BlankText.IsBlank(text));

    [Theory]
    [InlineData("a")]
    [InlineData("\u200Ba\0")]
    [InlineData(".")]
    [InlineData("\U0001F600")]
    [InlineData("\u4E2D")]
    public void IsBlank_SomethingVisible_False(string text) => Assert.False(BlankText.IsBlank(text));
}
