using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Fitting;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Fitting;

public sealed class CanonicalInputTests
{
    [Fact]
    public void Create_DocumentsSortedById_EmbeddingsAreNotCopied()
    {
        FitInput given = Input("a", "b", "c");

        var sorted = CanonicalInput.Create(given, options: null);

        Assert.Same(given.Embeddings, sorted.Embeddings);
    }

    [Fact]
    public void Create_OtherOrder_RowsFollowTheirDocuments()
    {
        FitInput given = Input("c", "a", "b");

        var sorted = CanonicalInput.Create(given, options: null);

        Assert.Equal(["a", "b", "c"], sorted.Documents.Ids);
        Assert.Equal([1f, 1f, 2f, 2f, 0f, 0f], sorted.Embeddings.Values);
        Assert.Equal([0f, 0f, 1f, 1f, 2f, 2f], given.Embeddings.Values);
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    public void Create_ValueNotFinite_NamesTheDocument(string first, string second)
    {
        FitInput given = Input(first, second);
        given.Embeddings.Row(1)[0] = float.NaN;

        ArgumentException error = Assert.Throws<ArgumentException>(() => CanonicalInput.Create(given, options: null));

        Assert.Contains($"\"{second}\"", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Document i has the embedding (i, i).</summary>
    private static FitInput Input(params string[] ids) => new(
        [.. ids.Select(id => new Document(id, $"text of {id}"))],
        new Matrix(ids.Length, 2, [.. ids.SelectMany((_, i) => (float[])[i, i])]),
        new EmbedderInfo("given", "full", new string('a', 64), 2, 256));
}
