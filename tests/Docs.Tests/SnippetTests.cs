namespace TopicGrpc.Docs.Tests;

/// <summary>Every C# block of the documents compiles against the assemblies under test.</summary>
public sealed class SnippetTests
{
    private const string Language = "csharp";

    /// <summary>Languages of fenced blocks. Any other is an error: under another name a C# block would not be compiled.</summary>
    private static readonly string[] Languages = [Language, "sh", "text", "json", "proto", "sql", "xml", "python", "mermaid"];

    private static readonly Dictionary<string, CodeBlock> Blocks = Repository.Documents()
        .SelectMany(static file => MarkdownCode.Read(file, Repository.Read(file)))
        .Where(static block => block.Language is not null)
        .ToDictionary(static block => block.ToString(), StringComparer.Ordinal);

    public static TheoryData<string> Sources =>
        [.. Blocks.Values.Where(static block => block.Language == Language).Select(static block => block.ToString())];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Block_InADocument_Compiles(string source)
    {
        IReadOnlyList<string> errors = Snippet.Compile(Blocks[source]);

        Assert.True(errors.Count == 0, string.Join('\n', errors));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("src/Client.Sdk/README.md")]
    [InlineData("src/Client.Testing/README.md")]
    public void Document_WithCode_HasEveryFenceAmongTheBlocks(string file)
    {
        string[] lines = Repository.Read(file).Split('\n');
        int fences = lines.Count(static line => line.TrimStart().StartsWith("```csharp", StringComparison.Ordinal));

        Assert.True(fences > 0, $"{file} has no C# block.");
        Assert.Equal(fences, Blocks.Values.Count(block => block.File == file && block.Language == Language));
    }

    [Fact]
    public void Documents_EveryBlock_HasAKnownLanguage() =>
        Assert.DoesNotContain(Blocks.Values, static block => !Languages.Contains(block.Language));

    [Theory]
    [InlineData("await client.PredictAsync(\"news\", \"text\", cancellationToken: ct);")]
    [InlineData("var client = 1;\nConsole.WriteLine(client);")]
    [InlineData("internal sealed class Handler(TopicGrpcClient client)\n{\n    public TopicGrpcClient Client => client;\n}")]
    [InlineData("using TopicGrpc.Client;\n\nusing TopicGrpcClient own = new(new Uri(\"http://localhost:5400\"));")]
    public void Compile_RightBlock_HasNoErrors(string code) => Assert.Empty(Compile(code));

    [Theory]
    [InlineData("int number = \"text\";", "CS0029")]
    [InlineData("await client.PredictAsync(news, \"text\");", "CS0103")]
    [InlineData("using TopicGrpc.Client.Nothing;", "CS0234")]
    [InlineData("using TopicGrpc.Client;\n\nPrediction? prediction = null;", "CS0246")]
    [InlineData("options => options.Address = …;", "CS1056")]
    [InlineData("string text = null;\nConsole.WriteLine(text.Length);", "CS8600")]
    public void Compile_WrongBlock_IsReportedWithItsLine(string code, string expected)
    {
        IReadOnlyList<string> errors = Compile(code);

        Assert.Contains(errors, error => error.Contains(expected, StringComparison.Ordinal));
        Assert.All(errors, static error => Assert.StartsWith("doc.md(", error, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_UnclosedFence_IsReportedWithItsLine()
    {
        FormatException error = Assert.Throws<FormatException>(static () => MarkdownCode.Read("doc.md", "a\n```csharp\nint x;\n"));

        Assert.StartsWith("doc.md:2: ", error.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Compile(string code) => Snippet.Compile(new CodeBlock("doc.md", 5, Language, code));
}
