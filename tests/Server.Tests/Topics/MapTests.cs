using System.Buffers.Binary;
using Google.Protobuf;
using Grpc.Core;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Topics;

public sealed class MapTests
{
    private static readonly ModelSelector Selector = new() { Model = "models/m" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetMap_InPages_HasEveryDocumentOnceWithItsTopic()
    {
        await using TestServer server = await IngestedDocuments.FittedAsync();
        GetMapResponse whole = await MapAsync(server, new GetMapRequest { Selector = Selector });
        List<GetMapResponse> pages = [];
        GetMapRequest request = new() { Selector = Selector, PageSize = 60 };
        do
        {
            pages.Add(await MapAsync(server, request));
            request.PageToken = pages[^1].NextPageToken;
        }
        while (request.PageToken.Length > 0);

        ListTopicDocumentsResponse members = await server.Topics.ListTopicDocumentsAsync(
            new ListTopicDocumentsRequest { Selector = Selector }, cancellationToken: Token);
        Assert.Equal("models/m/versions/1", whole.ModelVersion);
        Assert.Equal((200L, 0L, ""), (whole.PointCount, whole.FirstRow, whole.NextPageToken));
        Assert.Equal(members.Members.Select(static member => member.TopicId), whole.TopicIds);
        Assert.Equal(
            members.Members.Select(static member => (byte)Math.Round(member.Probability * 255)), whole.Probabilities.ToByteArray());
        Assert.Equal([0L, 60L, 120L, 180L], pages.Select(static page => page.FirstRow));
        Assert.Equal(whole.Positions, ByteString.CopyFrom([.. pages.SelectMany(static page => page.Positions)]));
        Assert.Equal(whole.TopicIds, pages.SelectMany(static page => page.TopicIds));
        Assert.Single(pages.Select(static page => page.Etag).Append(whole.Etag).Distinct());
        Assert.Equal([.. pages.Skip(1).Select(static _ => 0)], pages.Skip(1).Select(static page => page.Labels.Count));
        Assert.InRange(7.0 * 200 / whole.CalculateSize(), 0.1, 2);
    }

    [Fact]
    public async Task GetMap_Labels_NameTheTopicsWithinTheirPoints()
    {
        await using TestServer server = await TestServer.FittedAsync();
        GetMapResponse map = await MapAsync(server, new GetMapRequest { Selector = Selector });
        ListTopicsResponse topics = await server.TopicsAsync(1);

        Assert.Contains(map.Labels, static label => label.MaxZoom == 8);
        foreach (MapLabel label in map.Labels.Where(static label => label.Layer == "topics"))
        {
            Topic topic = topics.Topics.Single(topic => topic.TopicId == label.TopicId);
            Assert.Equal(string.Join(", ", topic.Words.Take(3).Select(static word => word.Term)), label.Text);
            uint[] own = [.. Enumerable.Range(0, 200).Where(row => map.TopicIds[row] == label.TopicId).Select(row => X(map, row))];
            Assert.InRange(label.X, own.Min(), own.Max());
        }
    }

    [Fact]
    public async Task GetMap_SameVersionAfterARestart_HasTheSameEtagAndIsNotSentAgain()
    {
        await using TestServer server = await TestServer.FittedAsync();
        GetMapResponse before = await MapAsync(server, new GetMapRequest { Selector = Selector });
        await server.StopAsync();
        await server.StartAgainAsync();

        GetMapResponse known = await MapAsync(server, new GetMapRequest { Selector = Selector, Etag = before.Etag });
        GetMapResponse other = await MapAsync(server, new GetMapRequest { Selector = Selector, Etag = "another" });

        Assert.Equal(
            new GetMapResponse { ModelVersion = before.ModelVersion, Etag = before.Etag, NotModified = true }, known);
        Assert.Equal(before, other);
    }

    [Fact]
    public async Task GetMap_StoredPoints_AreReadAndComputedAgainIfDamaged()
    {
        await using TestServer server = await TestServer.FittedAsync();
        GetMapResponse before = await MapAsync(server, new GetMapRequest { Selector = Selector });
        string path = Path.Combine(server.DataDirectory, "maps", "m.1.points");
        await server.StopAsync();
        byte[] stored = await File.ReadAllBytesAsync(path, Token);
        byte[] moved = [.. stored];
        Array.Fill(moved, (byte)0, 48, 8);

        await File.WriteAllBytesAsync(path, moved, Token);
        await server.StartAgainAsync();
        GetMapResponse damaged = await MapAsync(server, new GetMapRequest { Selector = Selector });
        await server.StopAsync();
        byte[] repaired = await File.ReadAllBytesAsync(path, Token);

        Assert.Equal(48 + (8 * 200), stored.Length);
        Assert.Equal(before, damaged);
        Assert.Equal(stored, repaired);
    }

    [Fact]
    public async Task GetMap_LimitOfStoredBytes_StoresNothingButAnswers()
    {
        await using TestServer server = await TestServer.FittedAsync(("Maps:MaxStoredBytes", "1000"));

        GetMapResponse map = await MapAsync(server, new GetMapRequest { Selector = Selector });

        Assert.Equal(200, map.PointCount);
        Assert.False(Directory.Exists(Path.Combine(server.DataDirectory, "maps")));
    }

    [Fact]
    public async Task GetMap_BadToken_IsRejected()
    {
        await using TestServer server = await TestServer.FittedAsync();
        string behind = Convert.ToBase64String("1/201"u8);

        foreach (string token in (string[])["x", behind])
        {
            RpcException rejected = await Refusal.ExpectAsync(
                StatusCode.InvalidArgument,
                "INVALID_FIELD",
                () => MapAsync(server, new GetMapRequest { Selector = Selector, PageToken = token }));
            Assert.Equal(["page_token"], Refusal.Fields(rejected));
        }
    }

    [Fact]
    public async Task MapColumns_TimesAndAttributes_AreListedAndReadByRow()
    {
        await using TestServer server = await IngestedDocuments.FittedAsync();
        MapService.MapServiceClient maps = Maps(server);

        ListMapColumnsResponse columns = await maps.ListMapColumnsAsync(
            new ListMapColumnsRequest { Selector = Selector }, cancellationToken: Token);
        GetMapColumnResponse theme = await ColumnAsync(server, "theme");
        GetMapColumnResponse times = await ColumnAsync(server, "");

        Assert.Equal(
            [(MapColumn.Types.Kind.Time, "", 192L, 0), (MapColumn.Types.Kind.Attribute, "language", 200L, 1),
                (MapColumn.Types.Kind.Attribute, "author", 192L, 2), (MapColumn.Types.Kind.Attribute, "theme", 168L, 5)],
            columns.Columns.Select(static column => (column.Kind, column.Attribute, column.DocumentCount, column.ValueCount)));
        Assert.Equal(IngestedDocuments.FirstDay, columns.Columns[0].FirstTime.ToDateTimeOffset());
        Assert.Equal(IngestedDocuments.FirstDay.AddDays(9), columns.Columns[0].LastTime.ToDateTimeOffset());
        Assert.Equal(["graphics", "hockey", "privacy", "space", "-1"], theme.ClassNames);
        Assert.Equal(200, theme.Classes.Count);
        Assert.Equal("space", theme.ClassNames[(int)theme.Classes[0] - 1]);
        Assert.Equal("graphics", theme.ClassNames[(int)theme.Classes[1] - 1]);
        Assert.Equal(0u, theme.Classes[199]);
        Assert.Equal([0, 86_400, 172_800], times.Seconds.Take(3));
        Assert.Equal(-1, times.Seconds[199]);
    }

    [Fact]
    public async Task GetMapColumn_UnknownAttribute_SaysThatNoDocumentHasIt()
    {
        await using TestServer server = await TestServer.FittedAsync();

        RpcException attribute = await Refusal.ExpectAsync(
            StatusCode.FailedPrecondition, "NOT_AVAILABLE", () => ColumnAsync(server, "editor"));
        RpcException time = await Refusal.ExpectAsync(StatusCode.FailedPrecondition, "NOT_AVAILABLE", () => ColumnAsync(server, ""));

        Assert.Contains("'editor'", attribute.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("has a time", time.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BatchGetMapDocuments_Rows_AreReturnedInTheirOrder()
    {
        await using TestServer server = await IngestedDocuments.FittedAsync();
        MapService.MapServiceClient maps = Maps(server);
        BatchGetMapDocumentsRequest request = new() { Selector = Selector, Rows = { 150, 3, 3, 199 }, TextLength = 10 };

        BatchGetMapDocumentsResponse found = await maps.BatchGetMapDocumentsAsync(request, cancellationToken: Token);

        Assert.Equal(["d00150", "d00003", "d00003", "d00199"], found.Documents.Select(static document => document.DocumentId));
        Assert.Equal(
            ThemedTexts.Text(150)[..10], found.Documents[0].Text);
        Assert.All(found.Documents, static document => Assert.True(document.Truncated));
        Assert.Equal("ann", found.Documents[0].Attributes["author"]);
        Assert.Equal(IngestedDocuments.FirstDay.AddDays(3), found.Documents[1].Time.ToDateTimeOffset());
        Assert.Null(found.Documents[3].Time);
    }

    [Fact]
    public async Task BatchGetMapDocuments_WrongRows_NameTheRow()
    {
        await using TestServer server = await TestServer.FittedAsync();
        MapService.MapServiceClient maps = Maps(server);

        foreach ((int[] rows, string field) in ((int[], string)[])[([0, 200], "rows[1]"), ([-1], "rows[0]"), ([], "rows")])
        {
            RpcException rejected = await Refusal.ExpectAsync(
                StatusCode.InvalidArgument,
                "INVALID_FIELD",
                () => maps.BatchGetMapDocumentsAsync(
                    new BatchGetMapDocumentsRequest { Selector = Selector, Rows = { rows } }, cancellationToken: Token).ResponseAsync);
            Assert.Equal([field], Refusal.Fields(rejected));
        }
    }

    [Fact]
    public async Task SearchMapDocuments_WordInAnyCase_FindsItsRows()
    {
        await using TestServer server = await TestServer.FittedAsync();
        string word = ThemedTexts.Text(7).Split(' ')[0];
        int[] expected =
        [
            .. Enumerable.Range(0, 200)
                .Where(row => ThemedTexts.Text(row).Contains(word, StringComparison.OrdinalIgnoreCase)),
        ];

        SearchMapDocumentsResponse found = await Maps(server).SearchMapDocumentsAsync(
            new SearchMapDocumentsRequest { Selector = Selector, Query = word.ToUpperInvariant() }, cancellationToken: Token);
        RpcException blank = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument,
            "INPUT_EMPTY",
            () => Maps(server).SearchMapDocumentsAsync(
                new SearchMapDocumentsRequest { Selector = Selector, Query = " " }, cancellationToken: Token).ResponseAsync);

        Assert.Equal(expected, found.Rows);
        Assert.Equal(expected.Length, found.MatchCount);
        Assert.Equal(["query"], Refusal.Fields(blank));
    }

    [Fact]
    public async Task LocateText_TextOfADocument_IsThePositionOfItsPoint()
    {
        await using TestServer server = await TestServer.FittedAsync();
        GetMapResponse map = await MapAsync(server, new GetMapRequest { Selector = Selector });

        LocateTextResponse known = await LocateAsync(server, new LocateTextRequest { Text = ThemedTexts.Text(42) });
        LocateTextResponse fresh = await LocateAsync(server, new LocateTextRequest { Text = "rocket orbit lunar shuttle" });
        PredictResponse answer = await server.Predictions.PredictAsync(
            new PredictRequest { Selector = Selector, Text = "rocket orbit lunar shuttle", Options = new() { IncludeEmbedding = true } },
            cancellationToken: Token);
        LocateTextResponse embedded = await LocateAsync(
            server, new LocateTextRequest { Embedding = { answer.Prediction.Embedding } });

        Assert.Equal(42, known.NearestRow);
        double step = (map.Bounds.MaxX - map.Bounds.MinX) / ushort.MaxValue;
        Assert.InRange(known.X - (map.Bounds.MinX + (X(map, 42) * step)), -step, step);
        Assert.Equal(fresh, embedded);
        Assert.Equal(answer.Prediction.TopicId, map.TopicIds[fresh.NearestRow]);
    }

    [Fact]
    public async Task LocateText_NeitherOrBoth_IsRejected()
    {
        await using TestServer server = await TestServer.FittedAsync();

        RpcException neither = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument, "INPUT_EMPTY", () => LocateAsync(server, new LocateTextRequest()));
        RpcException both = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument,
            "INVALID_FIELD",
            () => LocateAsync(server, new LocateTextRequest { Text = "rocket", Embedding = { 1f } }));

        Assert.Equal(["text"], Refusal.Fields(neither));
        Assert.Equal(["embedding"], Refusal.Fields(both));
    }

    [Fact]
    public async Task Map_CorpusDeleted_KeepsPointsAndSaysWhyDocumentsAreMissing()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.Corpora.DeleteCorpusAsync(new DeleteCorpusRequest { Name = "corpora/news" }, cancellationToken: Token);

        GetMapResponse map = await MapAsync(server, new GetMapRequest { Selector = Selector });
        RpcException search = await Refusal.ExpectAsync(
            StatusCode.FailedPrecondition,
            "NOT_AVAILABLE",
            () => Maps(server).SearchMapDocumentsAsync(
                new SearchMapDocumentsRequest { Selector = Selector, Query = "x" }, cancellationToken: Token).ResponseAsync);

        Assert.Equal(200, map.PointCount);
        Assert.Contains("was deleted", search.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreatedBy_Caller_IsKeptByFitAndVersionAcrossARestart()
    {
        await using TestServer server = await TestServer.FittedAsync();
        ModelVersion before = await VersionAsync(server);
        await server.StopAsync();
        await server.StartAgainAsync();
        ModelVersion after = await VersionAsync(server);
        Fit fit = (await server.Fits.GetFitAsync(new GetFitRequest { Name = after.Fit }, cancellationToken: Token)).Fit;

        Assert.Equal(("anonymous", "anonymous", "anonymous"), (before.CreatedBy, after.CreatedBy, fit.CreatedBy));
    }

    private static MapService.MapServiceClient Maps(TestServer server) => new(server.Channel);

    private static uint X(GetMapResponse map, int row) => BinaryPrimitives.ReadUInt16LittleEndian(map.Positions.Span.Slice(4 * row, 2));

    private static async Task<ModelVersion> VersionAsync(TestServer server) => (await server.Models.GetVersionAsync(
        new GetVersionRequest { Name = "models/m/versions/1" }, cancellationToken: Token)).ModelVersion;

    private static Task<GetMapResponse> MapAsync(TestServer server, GetMapRequest request) =>
        Maps(server).GetMapAsync(request, cancellationToken: Token).ResponseAsync;

    private static Task<GetMapColumnResponse> ColumnAsync(TestServer server, string attribute) => Maps(server).GetMapColumnAsync(
        new GetMapColumnRequest { Selector = Selector, Attribute = attribute }, cancellationToken: Token).ResponseAsync;

    private static Task<LocateTextResponse> LocateAsync(TestServer server, LocateTextRequest request)
    {
        request.Selector = Selector;
        return Maps(server).LocateTextAsync(request, cancellationToken: Token).ResponseAsync;
    }
}
