using TopicGrpc.Engine.Embeddings;

namespace TopicGrpc.Onnx.Tests;

public sealed class OnnxEmbedderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("topicgrpc-onnx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Open_Default_SaysWhatItIs()
    {
        using var embedder = OnnxEmbedder.Open(new OnnxEmbedderOptions());

        Assert.Equal(
            new EmbedderInfo("all-MiniLM-L6-v2", "full", "bbcd5cea861f6f98ecd5165ed5095635f1d320181da65b03755135d342aa997e", 384, 256),
            embedder.Info);
    }

    [Fact]
    public void Embed_LongText_ReportsItsCost()
    {
        using var embedder = OnnxEmbedder.Open(new OnnxEmbedderOptions { Precision = EmbedderPrecision.Fast, MaxTokens = 8 });
        float[] vector = new float[384];

        EmbeddingCost cut = embedder.Embed("one two three four five six seven eight", vector, TestContext.Current.CancellationToken);
        EmbeddingCost whole = embedder.Embed("one two", vector, TestContext.Current.CancellationToken);

        Assert.Equal((8, true), (cut.Tokens, cut.Truncated));
        Assert.Equal((4, false), (whole.Tokens, whole.Truncated));
        Assert.True(whole.Inference > TimeSpan.Zero);
    }

    [Theory]
    [InlineData("\U0001F600", true)]
    [InlineData("\U0001F600 \U0001F680\U0001F680 \u200B", true)]
    [InlineData("\U0001F600 fine", false)]
    [InlineData("!", false)]
    [InlineData("7", false)]
    [InlineData("\u4E2D", false)]
    public void Embed_TextOfUnknownWords_SaysSo(string text, bool isUnknown)
    {
        using var embedder = OnnxEmbedder.Open(new OnnxEmbedderOptions { Precision = EmbedderPrecision.Fast });

        Assert.Equal(isUnknown, embedder.Embed(text, new float[384], TestContext.Current.CancellationToken).IsUnknown);
    }

    [Fact]
    public void Embed_Cancelled_Throws()
    {
        using var embedder = OnnxEmbedder.Open(new OnnxEmbedderOptions { Precision = EmbedderPrecision.Fast });

        Assert.Throws<OperationCanceledException>(() => embedder.Embed("text", new float[384], new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Embed_RoomOfAnotherSize_Throws()
    {
        using var embedder = OnnxEmbedder.Open(new OnnxEmbedderOptions { Precision = EmbedderPrecision.Fast });

        ArgumentException e = Assert.Throws<ArgumentException>(
            () => embedder.Embed("text", new float[383], TestContext.Current.CancellationToken));

        Assert.Contains("384", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(257)]
    public void Open_LimitOutOfRange_NamesTheOption(int maxTokens)
    {
        ArgumentOutOfRangeException e = Assert.Throws<ArgumentOutOfRangeException>(
            () => OnnxEmbedder.Open(new OnnxEmbedderOptions { MaxTokens = maxTokens }));

        Assert.Contains("MaxTokens", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoSuchFolder_NamesTheFileAndTheCure()
    {
        string nowhere = Path.Combine(_folder, "nowhere");

        FileNotFoundException e = Assert.Throws<FileNotFoundException>(
            () => OnnxEmbedder.Open(new OnnxEmbedderOptions { Directory = nowhere }));

        Assert.Contains(Path.Combine(nowhere, "asset.json"), e.Message, StringComparison.Ordinal);
        Assert.Contains("Copy", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WeightsMissing_NamesTheFile()
    {
        CopyAllBut("model.onnx");

        FileNotFoundException e = Assert.Throws<FileNotFoundException>(
            () => OnnxEmbedder.Open(new OnnxEmbedderOptions { Directory = _folder }));

        Assert.Contains(Path.Combine(_folder, "model.onnx"), e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("vocab.txt")]
    public void Open_OneBitChanged_NamesTheFileAndBothHashes(string file)
    {
        CopyAllBut(string.Empty);
        byte[] bytes = File.ReadAllBytes(Path.Combine(_folder, file));
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(Path.Combine(_folder, file), bytes);

        InvalidDataException e = Assert.Throws<InvalidDataException>(
            () => OnnxEmbedder.Open(new OnnxEmbedderOptions { Directory = _folder }));

        Assert.Contains(Path.Combine(_folder, file), e.Message, StringComparison.Ordinal);
        Assert.Contains("SHA-256", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("{}", "lacks")]
    [InlineData("null", "lacks")]
    [InlineData(
        """{"name":"x","dimension":3,"maxTokens":9,"pooling":"cls","normalize":true,"vocabulary":{"file":"v","sha256":"0"},"weights":{}}""",
        "mean pooling")]
    [InlineData(
        """
        {"name":"x","dimension":3,"maxTokens":256,"pooling":"mean","normalize":true,"vocabulary":{"file":"v","sha256":"0"},"weights":{}}
        """,
        "precision full")]
    public void Open_ManifestWrong_SaysWhatIsWrong(string manifest, string message)
    {
        File.WriteAllText(Path.Combine(_folder, "asset.json"), manifest);

        InvalidDataException e = Assert.Throws<InvalidDataException>(
            () => OnnxEmbedder.Open(new OnnxEmbedderOptions { Directory = _folder }));

        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.Contains(_folder, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FindFrom_FolderAboveHasTheEncoder_FindsIt()
    {
        string encoder = Directory.CreateDirectory(Path.Combine(_folder, "models", "all-MiniLM-L6-v2")).FullName;
        File.WriteAllText(Path.Combine(encoder, "asset.json"), "{}");
        string deep = Directory.CreateDirectory(Path.Combine(_folder, "a", "b")).FullName;

        Assert.Equal(encoder, EncoderDirectory.FindFrom(deep));
        Assert.Throws<FileNotFoundException>(() => EncoderDirectory.FindFrom(Path.GetPathRoot(_folder)!));
    }

    private void CopyAllBut(string omitted)
    {
        foreach (string name in (ReadOnlySpan<string>)["asset.json", "vocab.txt", "model.onnx"])
        {
            if (name != omitted)
            {
                File.Copy(Path.Combine(EncoderDirectory.FindDefault(), name), Path.Combine(_folder, name));
            }
        }
    }
}
