using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Server.Transfers;
using TopicGrpc.Shared;
using TopicGrpc.Shared.Content;
using TopicGrpc.Testing;
using TopicGrpc.V1;
using Header = TopicGrpc.V1.ImportModelRequest.Types.Header;
using Parts = TopicGrpc.V1.VersionOperation.Types;

namespace TopicGrpc.Server.Tests.Transfers;

public sealed class TransferTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Out => Path.Combine(_folder.Path, "out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ExportModel_FittedVersion_HoldsTheFilesAndComesBackAsTheSameTopics()
    {
        await using TestServer server = await TestServer.FittedAsync();

        ExportModelResponse.Types.Header header = await ModelFolder.ExportAsync(server.Models, "m", 1, Out);
        ModelVersion version = await ModelFolder.ImportAsync(server.Models, Out, ModelFolder.Describe(Out, "copy"));

        Assert.Equal(("models/m/versions/1", server.Embedder.Info.Sha256), (header.ModelVersion, header.EncoderSha256));
        Assert.Equal(BertopicFiles.All.Order(StringComparer.Ordinal), header.Files.Select(static file => file.Name));
        Assert.Equal(("models/copy/versions/1", ModelVersion.Types.State.Ready, string.Empty), (version.Name, version.State, version.Fit));
        Assert.Equal((4, 200L), (version.TopicCount, version.DocumentCount));
        Assert.Equal(
            ("bertopic-safetensors", "sentence-transformers/fake"), (version.ImportedFrom.Format, version.ImportedFrom.EncoderName));
        Assert.Equal(header.Files.Sum(static file => file.SizeBytes), version.ImportedFrom.SizeBytes);
        Assert.Equal(32, version.Report.EmbeddingDimension);
        Assert.Equal(await TopicsAsync(server, "m"), await TopicsAsync(server, "copy"));
    }

    [Fact]
    public async Task ImportModel_ThenARestart_ServesByCentroidAndIsExportedToTheByte()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await ModelFolder.ExportAsync(server.Models, "m", 1, Out);
        Header header = ModelFolder.Describe(Out, "copy");
        header.AssignLabels.Add("stable");
        ModelVersion imported = await ModelFolder.ImportAsync(server.Models, Out, header);
        ModelVersion before = (await server.Models.GetVersionAsync(
            new GetVersionRequest { Name = imported.Name }, cancellationToken: Token)).ModelVersion;
        PredictResponse answer = await PredictAsync(server, PredictMode.Unspecified);

        await server.StopAsync();
        await server.StartAgainAsync();

        GetVersionResponse after = await server.Models.GetVersionAsync(
            new GetVersionRequest { Name = before.Name }, cancellationToken: Token);
        after.ModelVersion.LoadDuration = before.LoadDuration;
        Assert.Equal(before, after.ModelVersion);
        Assert.Equal(imported, Summary.Of(before));
        PredictResponse again = await PredictAsync(server, PredictMode.Unspecified);
        Assert.Equal(answer.Prediction, again.Prediction);
        Assert.Equal((PredictMode.Centroid, before.Name), (again.Prediction.Mode, again.ModelVersion));
        string second = Path.Combine(_folder.Path, "second");
        await ModelFolder.ExportAsync(server.Models, "copy", 1, second);
        Assert.Equal(ModelFolder.Describe(Out, "copy").Files, ModelFolder.Describe(second, "copy").Files);
    }

    [Fact]
    public async Task ImportedVersion_WhatNeedsDocumentsOrADensity_IsRefusedWithASentence()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await ModelFolder.ExportAsync(server.Models, "m", 1, Out);
        await ModelFolder.ImportAsync(server.Models, Out, ModelFolder.Describe(Out, "copy"));
        ModelSelector copy = new() { Model = "models/copy" };

        RpcException density = await UnavailableAsync(() => PredictAsync(server, PredictMode.Density));
        RpcException update = await UnavailableAsync(
            () => DeriveAsync(server, new VersionOperation { UpdateTopics = new Parts.UpdateTopics { TopNWords = 3 } }));
        RpcException time = await UnavailableAsync(
            () => server.Topics.ListTopicsOverTimeAsync(
                new ListTopicsOverTimeRequest { Selector = copy, BinCount = 3 }, cancellationToken: Token).ResponseAsync);
        RpcException hierarchy = await UnavailableAsync(
            () => server.Topics.GetTopicHierarchyAsync(
                new GetTopicHierarchyRequest { Selector = copy }, cancellationToken: Token).ResponseAsync);
        await UnavailableAsync(
            () => server.Topics.RenderChartAsync(
                new RenderChartRequest { Selector = copy, Kind = RenderChartRequest.Types.Kind.DocumentMap },
                cancellationToken: Token).ResponseAsync);

        Assert.Contains("centroid", density.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("imported", update.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("imported", time.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("term counts", hierarchy.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportedVersion_NamedTopicsAndExplanation_Work()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await ModelFolder.ExportAsync(server.Models, "m", 1, Out);
        await ModelFolder.ImportAsync(server.Models, Out, ModelFolder.Describe(Out, "copy"));

        Fit fit = (await DeriveAsync(
            server, new VersionOperation { SetTopicLabels = new Parts.SetTopicLabels { Labels = { [0] = "first" } } })).Fit;
        fit = await server.EndOfAsync(fit.Name);
        ExplainPredictionResponse explained = await server.Predictions.ExplainPredictionAsync(
            new ExplainPredictionRequest { Selector = new ModelSelector { Model = "models/copy" }, Text = ThemedTexts.Text(0) },
            cancellationToken: Token);

        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        Assert.Equal(("models/copy/versions/2", string.Empty), (fit.ModelVersion, fit.Corpus));
        Assert.Equal("models/copy/versions/2", explained.ModelVersion);
        Assert.NotEmpty(explained.SharedTerms);
        Assert.NotEmpty(explained.Distribution);
    }

    [Fact]
    public async Task ImportModel_RepeatedRequest_GivesTheSameVersionAndOtherFilesAreRefused()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await ModelFolder.ExportAsync(server.Models, "m", 1, Out);
        ModelVersion first = await ModelFolder.ImportAsync(server.Models, Out, ModelFolder.Describe(Out, "copy", "once"));
        await server.StopAsync();
        await server.StartAgainAsync();

        // The header alone is enough: the server has the files.
        ModelVersion second = await ModelFolder.SendAsync(
            server.Models, new ImportModelRequest { Header = ModelFolder.Describe(Out, "copy", "once") }, []);
        Header other = ModelFolder.Describe(Out, "copy", "once");
        other.Files[0].Sha256 = new string('0', 64);

        Assert.Equal(first.Name, second.Name);
        await Refusal.ExpectAsync(
            StatusCode.InvalidArgument, ErrorReasons.RequestIdReused, () => ModelFolder.ImportAsync(server.Models, Out, other));
        await Refusal.ExpectAsync(
            StatusCode.InvalidArgument,
            ErrorReasons.RequestIdReused,
            () => ModelFolder.ImportAsync(server.Models, Out, ModelFolder.Describe(Out, "another", "once")));
        Assert.Single(
            (await server.Models.ListVersionsAsync(
                new ListVersionsRequest { Parent = "models/copy" }, cancellationToken: Token)).ModelVersions);
    }

    [Fact]
    public async Task ImportModel_AnotherEncoder_IsRefusedByNameAndByHash()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await ModelFolder.ExportAsync(server.Models, "m", 1, Out);
        await server.StopAsync();
        await server.StartAgainAsync(new FakeEmbedder("other"));
        RpcException byName = await Refusal.ExpectAsync(
            StatusCode.FailedPrecondition,
            ErrorReasons.IncompatibleModel,
            () => ModelFolder.ImportAsync(server.Models, Out, ModelFolder.Describe(Out, "copy")));
        await server.StopAsync();
        await server.StartAgainAsync(new FakeEmbedder());
        Header header = ModelFolder.Describe(Out, "copy");
        header.EncoderSha256 = new string('1', 64);
        RpcException byHash = await Refusal.ExpectAsync(
            StatusCode.FailedPrecondition, ErrorReasons.IncompatibleModel, () => ModelFolder.ImportAsync(server.Models, Out, header));

        Assert.Contains("sentence-transformers/fake", byName.Status.Detail, StringComparison.Ordinal);
        Assert.Contains(header.EncoderSha256, byHash.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportModel_HeaderThatBreaksARule_IsRefusedBeforeAFileIsSent()
    {
        await using TestServer server = await TestServer.FittedAsync(("Models:MaxImportBytes", "2000"));
        await ModelFolder.ExportAsync(server.Models, "m", 1, Out);
        Header large = ModelFolder.Describe(Out, "copy");
        Header good = large.Clone();
        foreach (ModelFile file in good.Files)
        {
            file.SizeBytes = 100;
        }

        RpcException size = await RefusedAsync(server, ErrorReasons.InputTooLarge, large, static _ => { });
        Assert.Contains("2000", size.Status.Detail, StringComparison.Ordinal);
        await RefusedAsync(server, ErrorReasons.InputTooLarge, good, static header => header.Files[0].SizeBytes = long.MaxValue);
        await RefusedAsync(server, ErrorReasons.InputTooLarge, good, static header => header.RequestId = new string('x', 65));
        foreach ((string field, Action<Header> damage) in new (string, Action<Header>)[]
        {
            ("header.model", static header => header.Model = "models/../up"),
            ("header.files[0].name", static header => header.Files[0].Name = "../config.json"),
            ("header.files[1].name", static header => header.Files[0].Name = header.Files[1].Name),
            ("header.files", static header => header.Files.Remove(header.Files.Single(static file => file.Name == "topics.json"))),
            ("header.files", static header => header.Files.Remove(header.Files.Single(static file => file.Name == "ctfidf_config.json"))),
            ("header.files[2].size_bytes", static header => header.Files[2].SizeBytes = 0),
            ("header.files[2].sha256", static header => header.Files[2].Sha256 = "abc"),
            ("header.files", static header => header.Files.Clear()),
            ("header.encoder_sha256", static header => header.EncoderSha256 = new string('G', 64)),
            ("header.assign_labels[0]", static header => header.AssignLabels.Add("Not A Label")),
        })
        {
            RpcException refused = await RefusedAsync(server, ErrorReasons.InvalidField, good, damage);
            Assert.Contains(field, Refusal.Fields(refused));
        }
    }

    [Fact]
    public async Task ImportModel_StreamThatIsNotAsAnnounced_IsRefusedAndLeavesNothing()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await ModelFolder.ExportAsync(server.Models, "m", 1, Out);
        Header header = ModelFolder.Describe(Out, "copy");
        ImportModelRequest first = new() { Header = header };
        ImportModelRequest[] chunks = [.. header.Files.SelectMany(file => ModelFolder.Chunks(Path.Combine(Out, file.Name)))];
        ImportModelRequest flipped = chunks[0].Clone();
        byte[] bytes = flipped.Chunk.Data.ToByteArray();
        bytes[^1] ^= 1;
        flipped.Chunk.Data = Google.Protobuf.ByteString.CopyFrom(bytes);

        await Refusal.ExpectAsync(
            StatusCode.DataLoss,
            ErrorReasons.ChecksumMismatch,
            () => ModelFolder.SendAsync(server.Models, first, [flipped, .. chunks[1..]]));
        foreach ((string field, IEnumerable<ImportModelRequest> messages) in new (string, IEnumerable<ImportModelRequest>)[]
        {
            ("part", chunks[..^1]),
            ("part", [.. chunks, chunks[^1]]),
            ("part", [first, .. chunks]),
            ("chunk.file_name", chunks.Reverse()),
            ("chunk.data", [new ImportModelRequest { Chunk = new ModelFileChunk { FileName = header.Files[0].Name } }]),
        })
        {
            RpcException refused = await Refusal.ExpectAsync(
                StatusCode.InvalidArgument, ErrorReasons.InvalidField, () => ModelFolder.SendAsync(server.Models, first, messages));
            Assert.Equal([field], Refusal.Fields(refused));
        }

        RpcException headless = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument, ErrorReasons.InvalidField, () => ModelFolder.SendAsync(server.Models, chunks[0], []));
        Assert.Equal(["part"], Refusal.Fields(headless));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(server.DataDirectory, "staging")));
        await Refusal.ExpectAsync(
            StatusCode.NotFound,
            ErrorReasons.ModelNotFound,
            () => server.Models.GetModelAsync(new GetModelRequest { Name = "models/copy" }, cancellationToken: Token).ResponseAsync);
    }

    [Fact]
    public async Task ImportModel_FilesThatMakeNoModel_AreRefusedWithFileAndField()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await ModelFolder.ExportAsync(server.Models, "m", 1, Out);
        string topics = Path.Combine(Out, "topics.json");
        await File.WriteAllTextAsync(
            topics, (await File.ReadAllTextAsync(topics, Token)).Replace("\"topic_sizes\"", "\"sizes\"", StringComparison.Ordinal), Token);

        RpcException refused = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument,
            ErrorReasons.InvalidField,
            () => ModelFolder.ImportAsync(server.Models, Out, ModelFolder.Describe(Out, "copy")));

        Assert.Equal(["header.files"], Refusal.Fields(refused));
        Assert.Contains("topics.json: topic_sizes is missing", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transfers_MoreAtOnceThanAllowed_AreRefusedWithADelay()
    {
        await using TestServer server = await TestServer.FittedAsync(("Models:MaxTransfers", "1"));
        await ModelFolder.ExportAsync(server.Models, "m", 1, Out);
        Header header = ModelFolder.Describe(Out, "copy");
        using (server.Services.GetRequiredService<TransferSlots>().Acquire(body: null))
        {
            RpcException import = await Refusal.ExpectAsync(
                StatusCode.ResourceExhausted, ErrorReasons.QueueFull, () => ModelFolder.ImportAsync(server.Models, Out, header));
            await Refusal.ExpectAsync(
                StatusCode.ResourceExhausted, ErrorReasons.QueueFull, () => ModelFolder.ExportAsync(server.Models, "m", 1, Out));
            Assert.NotNull(import.GetRpcStatus()!.GetDetail<Google.Rpc.RetryInfo>());
        }

        Assert.Equal("models/copy/versions/1", (await ModelFolder.ImportAsync(server.Models, Out, header)).Name);
    }

    private static Task<RpcException> RefusedAsync(TestServer server, string reason, Header header, Action<Header> damage)
    {
        Header damaged = header.Clone();
        damage(damaged);
        return Refusal.ExpectAsync(
            StatusCode.InvalidArgument,
            reason,
            () => ModelFolder.SendAsync(server.Models, new ImportModelRequest { Header = damaged }, []));
    }

    private static Task<RpcException> UnavailableAsync(Func<Task> call) =>
        Refusal.ExpectAsync(StatusCode.FailedPrecondition, ErrorReasons.NotAvailable, call);

    private static Task<DeriveVersionResponse> DeriveAsync(TestServer server, VersionOperation operation) =>
        server.Models.DeriveVersionAsync(
            new DeriveVersionRequest { Selector = new ModelSelector { Model = "models/copy" }, Operation = operation },
            cancellationToken: Token).ResponseAsync;

    private static Task<PredictResponse> PredictAsync(TestServer server, PredictMode mode) => server.Predictions.PredictAsync(
        new PredictRequest
        {
            Selector = new ModelSelector { Model = "models/copy" },
            Text = ThemedTexts.Text(1),
            Options = new PredictOptions { Mode = mode, IncludeProbabilities = true },
        },
        cancellationToken: Token).ResponseAsync;

    /// <summary>Everything about the topics that the format carries.</summary>
    private static async Task<string> TopicsAsync(TestServer server, string model)
    {
        ListTopicsResponse topics = await server.Topics.ListTopicsAsync(
            new ListTopicsRequest { Selector = new ModelSelector { Model = "models/" + model }, OmitRepresentativeDocuments = true },
            cancellationToken: Token);
        return string.Join(
            '\n',
            topics.Topics.Select(static topic => $"{topic.TopicId} {topic.TopicName} {topic.Label} {topic.DocumentCount} {topic.Words}"));
    }
}
