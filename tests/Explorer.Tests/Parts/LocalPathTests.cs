using TopicGrpc.Explorer.SignIn;

namespace TopicGrpc.Explorer.Tests.Parts;

public sealed class LocalPathTests
{
    [Theory]
    [InlineData("models/news/3/ask?text=a:b", "models/news/3/ask?text=a:b")]
    [InlineData("", ".")]
    [InlineData(null, ".")]
    [InlineData("//evil.example", ".")]
    [InlineData("/models", ".")]
    [InlineData("\\\\evil.example", ".")]
    [InlineData("https://evil.example", ".")]
    [InlineData("javascript:alert(1)", ".")]
    public void Of_Return_StaysBelowThePage(string? given, string expected) => Assert.Equal(expected, LocalPath.Of(given));
}
