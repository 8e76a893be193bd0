using Google.Protobuf;
using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Corpora;
using TopicGrpc.V1;

namespace TopicGrpc.Load.Attacks;

/// <summary>Attacks by the content of calls: their size, their silence, and the work and the errors that they cause.</summary>
internal static class HostileCalls
{
    private const int MessageBytes = 8 << 20;
    private const string Ingest = "CorpusService/IngestDocuments";
    private const string Import = "ModelService/ImportModel";
    private const string StartFit = "FitService/StartFit";

    /// <summary>Returns the attacks.</summary>
    public static IEnumerable<Attack> All() => [.. Silent(), .. Large(), .. Costly()];

    private static IEnumerable<Attack> Silent()
    {
        byte[] half = RawStream.Frame(new byte[MessageBytes - 1], MessageBytes);
        yield return new StreamAttack(
            "200 streams with a message of 8 MiB without its last byte", Ingest, half, 200, 4, StaysOpen: true);
        yield return new StreamAttack("200 imports without a header", Import, [], 200, 4, StaysOpen: true);
        yield return new StreamAttack("1000 ingest streams without a message", Ingest, [], 1000, 4, StaysOpen: true);
        yield return new StreamAttack("1000 predictions without a message", "PredictionService/Predict", [], 1000, 4, StaysOpen: true);
        yield return new StreamAttack(
            "1000 silent prediction streams", "PredictionService/StreamPredict", RawStream.Frame(Open()), 1000, 4, StaysOpen: true);
    }

    private static IEnumerable<Attack> Large()
    {
        yield return new StreamAttack(
            "2,000,000 empty seed topics", StartFit, RawStream.Frame(SeedTopics(2_000_000)), 4, 1, StaysOpen: false);
        yield return new StreamAttack(
            "import header with 1,000,000 empty files", Import, RawStream.Frame(ImportHeader(1_000_000)), 4, 1, StaysOpen: false);
        yield return new StreamAttack("4,000,000 empty documents in a chunk", Ingest, EmptyDocuments(), 4, 1, StaysOpen: false);
        yield return new StreamAttack(
            "vocabulary of 1,000,000 words", StartFit, RawStream.Frame(Vocabulary(1_000_000)), 8, 2, StaysOpen: false);
        yield return new StreamAttack(
            "1,000,000 unknown fields", StartFit, RawStream.Frame(UnknownFields(1_000_000)), 4, 1, StaysOpen: false);
        yield return new StreamAttack(
            "malformed messages", "CorpusService/GetCorpus", RawStream.Frame([0x0A, 2, 0xC3, 0x28]), 16, 2, StaysOpen: false);
        yield return new StreamAttack(
            "64 MiB of zeros in a compressed message", StartFit, RawStream.CompressedZeros(64 << 20), 8, 2, StaysOpen: false);
        yield return new StreamAttack("import with 5,000,001 topics", Import, HostileImport.ManyTopics(), 4, 1, StaysOpen: false);
        yield return new StreamAttack("import with a parameter of 60 MB", Import, HostileImport.LargeParameter(), 4, 1, StaysOpen: false);
        yield return new StreamAttack("import with 1,000,000 nested arrays", Import, HostileImport.NestedArrays(), 4, 1, StaysOpen: false);
    }

    private static IEnumerable<Attack> Costly()
    {
        yield return new StreamAttack(
            "requests with 500 violations of 256 bytes", StartFit, RawStream.Frame(Violations()), 16, 2, StaysOpen: false);
        yield return new StreamAttack(
            "explanations of 1 MiB with tokens",
            "PredictionService/ExplainPrediction",
            RawStream.Frame(Explanation(80_000)),
            8, 2, StaysOpen: false);
        yield return new StreamAttack(
            "explanations of 10,000 words with tokens",
            "PredictionService/ExplainPrediction",
            RawStream.Frame(Explanation(4_900)),
            8, 2, StaysOpen: false);
        yield return new StreamAttack(
            "charts of the similarity of all topics", "TopicService/RenderChart", RawStream.Frame(Heatmap()), 64, 2, StaysOpen: false);
        yield return new StreamAttack(
            "hierarchies of all topics",
            "TopicService/GetTopicHierarchy",
            RawStream.Frame(new GetTopicHierarchyRequest { Selector = Selector() }.ToByteArray()),
            64, 2, StaysOpen: false);
        yield return new StreamAttack(
            "topics over time with 100,000 topic ids",
            "TopicService/ListTopicsOverTime",
            RawStream.Frame(new ListTopicsOverTimeRequest { Selector = Selector(), TopicIds = { new int[100_000] } }.ToByteArray()),
            16, 2, StaysOpen: false);
        yield return new StreamAttack(
            "lists of 1000 fits",
            "FitService/ListFits",
            RawStream.Frame(new ListFitsRequest { PageSize = 1000 }.ToByteArray()),
            64, 2, StaysOpen: false);
        yield return new StreamAttack(
            "batches of 256 texts of 4000 words", "PredictionService/BatchPredict", RawStream.Frame(Batch()), 16, 2, StaysOpen: false);
    }

    private static ModelSelector Selector() => new() { Model = "models/" + Preparation.All };

    private static byte[] Open() => new StreamPredictRequest { Open = new() { Selector = Selector() } }.ToByteArray();

    private static StartFitRequest Fit(FitSettings settings) =>
        new() { Corpus = "corpora/" + Preparation.All, Model = "models/attack", Settings = settings };

    private static byte[] SeedTopics(int count)
    {
        StartFitRequest request = Fit(new FitSettings());
        request.Settings.SeedTopicList.AddRange(Enumerable.Repeat(new FitSettings.Types.SeedTopic(), count));
        return request.ToByteArray();
    }

    private static byte[] ImportHeader(int count) =>
        new ImportModelRequest
        {
            Header = new() { Model = "models/attack", Files = { Enumerable.Repeat(new ModelFile(), count) } },
        }.ToByteArray();

    private static byte[] EmptyDocuments()
    {
        IngestDocumentsRequest open = new() { Open = new() { Corpus = "corpora/" + Preparation.All, SessionId = "attack" } };
        IngestDocumentsRequest chunk = new() { Chunk = new() { Documents = { Enumerable.Repeat(new Document(), 4_000_000) } } };
        return [.. RawStream.Frame(open.ToByteArray()), .. RawStream.Frame(chunk.ToByteArray())];
    }

    /// <summary>As many words as the contract allows, for a fit that is rejected after it was parsed.</summary>
    private static byte[] Vocabulary(int count)
    {
        StartFitRequest request = Fit(new FitSettings { Vectorizer = new() });
        request.Corpus = "corpora/none";
        request.Settings.Vectorizer.Vocabulary.AddRange(
            Enumerable.Range(0, count).Select(static word => FormattableString.Invariant($"{word:x}")));
        return request.ToByteArray();
    }

    private static byte[] UnknownFields(int count)
    {
        using MemoryStream message = new();
        using (CodedOutputStream output = new(message, leaveOpen: true))
        {
            for (int number = 1000; number < 1000 + count; number++)
            {
                output.WriteTag(number, WireFormat.WireType.Varint);
                output.WriteUInt32(1);
            }
        }

        return message.ToArray();
    }

    private static byte[] Violations()
    {
        StartFitRequest request = Fit(new FitSettings());
        FitSettings.Types.SeedTopic wrong = new() { Words = { new string('w', 3000) } };
        request.Settings.SeedTopicList.AddRange(Enumerable.Repeat(wrong, 500));
        return request.ToByteArray();
    }

    private static byte[] Explanation(int repeats) => new ExplainPredictionRequest
    {
        Selector = Selector(),
        Text = string.Concat(Enumerable.Repeat("economy jobs ", repeats)),
        IncludeTokens = true,
    }.ToByteArray();

    private static byte[] Heatmap() =>
        new RenderChartRequest { Selector = Selector(), Kind = RenderChartRequest.Types.Kind.Heatmap }.ToByteArray();

    private static byte[] Batch() => new BatchPredictRequest
    {
        Selector = Selector(),
        Texts = { Enumerable.Repeat(string.Concat(Enumerable.Repeat("economy ", 4000)), 256) },
    }.ToByteArray();
}
