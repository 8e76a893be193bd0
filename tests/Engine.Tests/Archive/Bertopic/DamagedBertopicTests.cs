using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using TopicGrpc.Engine.Archive.Bertopic;
using TopicGrpc.Engine.Topics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Archive.Bertopic;

public sealed class DamagedBertopicTests : IDisposable
{
    private readonly ArchiveFolder _folder = new();

    public DamagedBertopicTests() => BertopicFormat.Export(SmallModel.Instance, _folder.Model, CancellationToken.None);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("topics.json")]
    [InlineData("config.json")]
    [InlineData("topic_embeddings.safetensors")]
    [InlineData("ctfidf_config.json")]
    public void Import_MissingFile_IsNamed(string file)
    {
        File.Delete(_folder.File(file));

        Assert.Contains(file, Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("topics.json")]
    [InlineData("config.json")]
    [InlineData("ctfidf_config.json")]
    [InlineData("topic_embeddings.safetensors")]
    [InlineData("ctfidf.safetensors")]
    public void Import_CutFile_IsNamed(string file)
    {
        byte[] content = File.ReadAllBytes(_folder.File(file));
        File.WriteAllBytes(_folder.File(file), content[..(content.Length * 2 / 3)]);

        Assert.Contains(file, Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("topics.json", "topics", "\"x\"", "topics.json: topics ")]
    [InlineData("topics.json", "topics", "[0, 99]", "topics.json: topics[1] ")]
    [InlineData("topics.json", "topics", "[0, 0.5]", "topics.json: topics[1] ")]
    [InlineData("topics.json", "topic_sizes", "{\"0\": 1}", "topics.json: topic_sizes ")]
    [InlineData("topics.json", "topic_sizes", "{\"zero\": 1}", "topics.json: topic_sizes.zero ")]
    [InlineData("topics.json", "topic_representations", "{\"0\": [[\"a\", 1]], \"2\": []}", "topics.json: topic_representations ")]
    [InlineData("topics.json", "topic_representations", "{\"0\": [[\"a\"]]}", "topics.json: topic_representations.0[0] ")]
    [InlineData("topics.json", "topic_mapper", "[[0, 0], [1]]", "topics.json: topic_mapper ")]
    [InlineData("topics.json", "custom_labels", "[\"one\"]", "topics.json: custom_labels ")]
    [InlineData("topics.json", "_outliers", "2", "topics.json: _outliers ")]
    [InlineData("topics.json", "topic_aspects", "{\"A\": {\"0\": []}}", "topics.json: topic_aspects.A ")]
    [InlineData("config.json", "embedding_model", "\"sentence-transformers/another\"", "config.json: embedding_model ")]
    [InlineData("config.json", "top_n_words", "0", "config.json: top_n_words ")]
    [InlineData("config.json", "calculate_probabilities", "1", "config.json: calculate_probabilities ")]
    [InlineData("ctfidf_config.json", "ctfidf_model", "{}", "ctfidf_config.json: ctfidf_model.bm25_weighting ")]
    [InlineData(
        "ctfidf_config.json",
        "vectorizer_model",
        "{\"params\": {}, \"vocab\": {\"a\": 0, \"b\": 0}}",
        "ctfidf_config.json: vectorizer_model.vocab.b ")]
    [InlineData("ctfidf_config.json", "vectorizer_model", "{\"params\": {}, \"vocab\": {\"a\": 0}}", "ctfidf.safetensors: shape ")]
    public void Import_WrongField_IsNamed(string file, string field, string value, string expected)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(_folder.File(file)))!;
        json[field] = JsonNode.Parse(value);
        File.WriteAllText(_folder.File(file), json.ToJsonString());

        Assert.Contains(expected, Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("topics.json", "topics")]
    [InlineData("topics.json", "topic_representations")]
    [InlineData("topics.json", "_outliers")]
    [InlineData("ctfidf_config.json", "vectorizer_model")]
    public void Import_MissingField_IsNamed(string file, string field)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(_folder.File(file)))!;
        json.AsObject().Remove(field);
        File.WriteAllText(_folder.File(file), json.ToJsonString());

        Assert.Contains($"{file}: {field} is missing", Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        """{"topic_embeddings":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,16]}}""",
        "topic_embeddings.data_offsets")]
    [InlineData("""{"topic_embeddings":{"dtype":"F32","shape":[4],"data_offsets":[0,17179869184]}}""", "topic_embeddings.data_offsets[1]")]
    [InlineData("""{"topic_embeddings":{"dtype":"F32","shape":[4],"data_offsets":[16,0]}}""", "topic_embeddings.data_offsets")]
    [InlineData("""{"topic_embeddings":{"dtype":"F32","shape":[-4],"data_offsets":[0,16]}}""", "topic_embeddings.shape[0]")]
    [InlineData("""{"topic_embeddings":{"dtype":"BF16","shape":[8],"data_offsets":[0,16]}}""", "topic_embeddings.dtype")]
    [InlineData("""{"topic_embeddings":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "topic_embeddings must be")]
    [InlineData("""{"other":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "topic_embeddings is missing")]
    [InlineData("""[1,2]""", "an object")]
    public void Import_ImpossibleTensor_IsNamed(string header, string expected)
    {
        ArgumentNullException.ThrowIfNull(header);
        WriteTensors(header);

        string message = Refusal();

        Assert.Contains("topic_embeddings.safetensors", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(99_000_000)]
    public void Import_HeaderLongerThanTheFile_IsRefusedBeforeItIsRead(ulong length)
    {
        WriteTensors("{}", length);

        Assert.Contains("topic_embeddings.safetensors", Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("topics.json", 400)]
    [InlineData("config.json", 400)]
    [InlineData("ctfidf_config.json", 400)]
    [InlineData("topic_embeddings.safetensors", 100)]
    [InlineData("ctfidf.safetensors", 450)]
    public void Import_AnyByteChanged_ReadsOrRefuses(string file, int start)
    {
        // The start of a file holds what the rest is read by; changes there do the most.
        byte[] content = File.ReadAllBytes(_folder.File(file));
        Random random = new(start);
        for (int change = 0; change < 150; change++)
        {
            byte[] changed = [.. content];
            int place = random.Next(change % 2 == 0 ? Math.Min(start, content.Length) : content.Length);
            changed[place] = (byte)random.Next(256);
            File.WriteAllBytes(_folder.File(file), changed);

            Exception? problem = Record.Exception(
                () => BertopicFormat.Import(_folder.Model, SmallModel.Instance.Embedder, TestContext.Current.CancellationToken));

            Assert.True(problem is null or InvalidDataException, $"Byte {place} of {file} as {changed[place]}: {problem}");
        }
    }

    [Theory]
    [InlineData("topics.json", "custom_labels")]
    [InlineData("ctfidf_config.json", "x")]
    public void Import_FileOfSixtyMegabytes_AllocatesLittleMoreThanItsBytes(string file, string field)
    {
        const int Bytes = 60_000_000;
        JsonNode json = JsonNode.Parse(File.ReadAllText(_folder.File(file)))!;
        json[field] = "@";
        string[] parts = json.ToJsonString().Split('@');
        File.WriteAllText(_folder.File(file), parts[0] + new string('x', Bytes) + parts[1]);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Exception? problem = Record.Exception(
            () => BertopicFormat.Import(_folder.Model, SmallModel.Instance.Embedder, TestContext.Current.CancellationToken));

        Assert.True(problem is null or InvalidDataException, problem?.ToString());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, Bytes, Bytes + (4 << 20));
    }

    [Fact]
    public void Import_MillionsOfNumbers_AllocatesNoTreeOfThem()
    {
        const int Count = 2_000_000;
        string text = File.ReadAllText(_folder.File("topics.json"));
        string numbers = string.Join(',', Enumerable.Repeat('0', Count));
        int start = text.IndexOf('{', StringComparison.Ordinal) + 1;
        File.WriteAllText(_folder.File("topics.json"), $"{text[..start]} \"x\": [{numbers}], {text[start..]}");
        long before = GC.GetAllocatedBytesForCurrentThread();

        BertopicFormat.Import(_folder.Model, SmallModel.Instance.Embedder, TestContext.Current.CancellationToken);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (2 * Count) + (4 << 20));
    }

    [Fact]
    public void Import_MillionDocuments_AllocatesLessThanTwoHundredBytesEach()
    {
        const int Count = 1_000_000;
        JsonNode json = JsonNode.Parse(File.ReadAllText(_folder.File("topics.json")))!;
        json["topics"] = "@";
        string[] parts = json.ToJsonString().Split("\"@\"");
        File.WriteAllText(_folder.File("topics.json"), $"{parts[0]}[{string.Join(',', Enumerable.Repeat('0', Count))}]{parts[1]}");
        long before = GC.GetAllocatedBytesForCurrentThread();

        TopicModel model = BertopicFormat.Import(_folder.Model, SmallModel.Instance.Embedder, TestContext.Current.CancellationToken);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200L * Count);
        Assert.Equal(Count, model.DocumentIds.Count);
        int row = 0;
        Assert.All(model.DocumentIds.Take(1000), id => Assert.Equal(model.DocumentIds[row++], id));
        Assert.EndsWith("-000999999", model.DocumentIds[Count - 1], StringComparison.Ordinal);
    }

    [Fact]
    public void Import_TensorOfAnotherShape_IsRejectedBeforeItsValuesAreRead()
    {
        const int Rows = 20_000;
        string header = $$$"""{"topic_embeddings":{"dtype":"F32","shape":[{{{Rows}}},384],"data_offsets":[0,{{{Rows * 384 * 4}}}]}}""";
        byte[] content = new byte[8 + header.Length + (Rows * 384 * 4)];
        BinaryPrimitives.WriteUInt64LittleEndian(content, (ulong)header.Length);
        Encoding.ASCII.GetBytes(header).CopyTo(content, 8);
        File.WriteAllBytes(_folder.File("topic_embeddings.safetensors"), content);
        long before = GC.GetAllocatedBytesForCurrentThread();

        string message = Refusal();

        Assert.Contains("20000 × 384", message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Import_ConfigOfMoreThanOneMebibyte_IsNamedWithItsLimit()
    {
        File.AppendAllText(_folder.File("config.json"), new string(' ', 1 << 20));

        Assert.Contains("the limit is 1048576", Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("topic_labels", "topics.json: topic_labels.0 must be a text of at most 1048576 bytes, 2000002 given.")]
    [InlineData("custom_labels", "topics.json: custom_labels[0] must be a text of at most 1048576 bytes, 2000002 given.")]
    public void Import_TextLongerThanADocument_IsNamed(string field, string expected)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(_folder.File("topics.json")))!;
        string text = new('x', 2_000_000);
        json[field] = field == "topic_labels" ? new JsonObject { ["0"] = text } : new JsonArray(text);
        File.WriteAllText(_folder.File("topics.json"), json.ToJsonString());

        Assert.Equal(expected, Refusal());
    }

    [Fact]
    public void Import_FieldThatOccursTwice_TheLastCounts()
    {
        string text = File.ReadAllText(_folder.File("config.json"));
        int start = text.IndexOf('{', StringComparison.Ordinal) + 1;
        File.WriteAllText(
            _folder.File("config.json"),
            $"{text[..start]} \"top_n_words\": 0, \"to\\u0070\": [{{}}, [], -1e-3], {text[start..]}");

        TopicModel model = BertopicFormat.Import(_folder.Model, SmallModel.Instance.Embedder, TestContext.Current.CancellationToken);

        Assert.Equal("[{}, [], -1e-3]", model.State.SourceSettings!["top"]);
    }

    [Fact]
    public void Import_MoreThanAThousandFields_IsRejected()
    {
        File.WriteAllText(
            _folder.File("config.json"), $"{{{string.Join(',', Enumerable.Range(0, 1001).Select(static number => $"\"f{number}\": 1"))}}}");

        Assert.Contains("config.json has more than 1000 fields", Refusal(), StringComparison.Ordinal);
    }

    private void WriteTensors(string header, ulong? length = null)
    {
        byte[] content = new byte[8 + header.Length + 16];
        BinaryPrimitives.WriteUInt64LittleEndian(content, length ?? (ulong)header.Length);
        Encoding.ASCII.GetBytes(header).CopyTo(content, 8);
        File.WriteAllBytes(_folder.File("topic_embeddings.safetensors"), content);
    }

    private string Refusal() => Assert.Throws<InvalidDataException>(() =>
        BertopicFormat.Import(_folder.Model, SmallModel.Instance.Embedder, TestContext.Current.CancellationToken)).Message;
}
