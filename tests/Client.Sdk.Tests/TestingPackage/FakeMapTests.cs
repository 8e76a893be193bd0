using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Maps;
using TopicGrpc.Client.Testing;

namespace TopicGrpc.Client.Sdk.Tests.TestingPackage;

public sealed class FakeMapTests : IDisposable
{
    private readonly FakeTopicGrpc _fake = new();
    private readonly TopicGrpcClient _client;

    public FakeMapTests()
    {
        _client = _fake.CreateClient();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static TopicMap Map => new()
    {
        Model = "news",
        Version = 3,
        Etag = "abc",
        Bounds = new MapBounds(-1, 3, 10, 20),
        Coordinates = new ushort[] { 0, 65535, 300, 7 },
        TopicIds = new[] { 4, -1 },
        Probabilities = new byte[] { 255, 0 },
        Labels = [new MapLabel(4, "orbit, rocket", 12, 34, 2) { MaxZoom = 3, Layer = "coarser-1" }],
    };

    public void Dispose()
    {
        _client.Dispose();
        _fake.Dispose();
    }

    [Fact]
    public async Task GetAsync_Scripted_IsReturned()
    {
        _fake.OnMap(static model => Map with { Model = model.Model });

        TopicMap map = await _client.Maps.GetAsync("news", Token);

        Assert.Equal(("news", 3L, "abc", 2), (map.Model, map.Version, map.Etag, map.Count));
        Assert.Equal(new MapBounds(-1, 3, 10, 20), map.Bounds);
        Assert.Equal(Map.Coordinates.ToArray(), map.Coordinates.ToArray());
        Assert.Equal([4, -1], map.TopicIds.ToArray());
        Assert.Equal([255, 0], map.Probabilities.ToArray());
        Assert.Equal(Map.Labels, map.Labels);
        Assert.Equal((-1, 20), map.PositionOf(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => map.PositionOf(2));
    }

    [Fact]
    public async Task GetIfChangedAsync_SameEtag_ReturnsNull()
    {
        _fake.OnMap(static _ => Map);

        Assert.Null(await _client.Maps.GetIfChangedAsync("news", "abc", Token));
        Assert.Equal("abc", (await _client.Maps.GetIfChangedAsync("news", "other", Token))!.Etag);
        await Assert.ThrowsAsync<ArgumentException>(() => _client.Maps.GetIfChangedAsync("news", "", Token));
    }

    [Fact]
    public async Task Columns_Scripted_AreReturned()
    {
        DateTimeOffset day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        _fake.OnMapColumns(model => new MapColumns
        {
            Model = model.Model,
            Version = 3,
            Times = new MapTimeRange(2, day, day.AddDays(1)),
            Attributes = [new MapColumn("author", 2, 1)],
        });
        _fake.OnMapClasses(static (model, attribute) => new MapClasses
        {
            Model = model.Model,
            Version = 3,
            Attribute = attribute,
            ClassNames = ["ann"],
            Classes = new[] { 1, 0 },
        });
        _fake.OnMapTimes(model => new MapTimes { Model = model.Model, Version = 3, First = day, Seconds = new[] { 0L, -1L } });

        MapColumns columns = await _client.Maps.ListColumnsAsync("news", Token);
        MapClasses classes = await _client.Maps.GetClassesAsync("news", "author", Token);
        MapTimes times = await _client.Maps.GetTimesAsync("news", Token);

        Assert.Equal(new MapTimeRange(2, day, day.AddDays(1)), columns.Times);
        Assert.Equal([new MapColumn("author", 2, 1)], columns.Attributes);
        Assert.Equal(("author", "ann"), (classes.Attribute, classes.ClassNames.Single()));
        Assert.Equal([1, 0], classes.Classes.ToArray());
        Assert.Equal(day, times.First);
        Assert.Equal([0, -1], times.Seconds.ToArray());
    }

    [Fact]
    public async Task GetDocumentsAsync_ManyRows_AreReadInPartsAndKeepTheirOrder()
    {
        _fake.OnMapDocuments(static (_, rows) => rows.Select(
            static row => new MapDocument { Row = row, DocumentId = $"d{row}", Text = "a text", TopicId = 1 }));

        IReadOnlyList<MapDocument> documents = await _client.Maps.GetDocumentsAsync(
            "news@3", Enumerable.Range(0, 250).Reverse(), cancellationToken: Token);

        Assert.Equal(Enumerable.Range(0, 250).Reverse(), documents.Select(static document => document.Row));
        Assert.Equal(3, _fake.Calls.Count);
    }

    [Fact]
    public async Task SearchAndLocate_Scripted_AreReturned()
    {
        _fake.OnMapSearch(static (model, query) => new MapMatches
        {
            Model = model.Model,
            Version = 3,
            Rows = [query.Length],
            Count = 9,
        });
        _fake.OnLocate(static (model, text) => new MapPosition
        {
            Model = model.Model,
            Version = 3,
            X = 1,
            Y = text.Length,
            NearestRow = 5,
        });
        _fake.OnLocateEmbedding(
            static (model, embedding) => new MapPosition
            {
                Model = model.Model,
                Version = 3,
                X = embedding.Span[0],
                Y = 0,
                NearestRow = 6,
            });

        MapMatches matches = await _client.Maps.SearchAsync("news", "orbit", Token);
        MapPosition text = await _client.Maps.LocateAsync("news", "four", Token);
        MapPosition embedding = await _client.Maps.LocateAsync("news", new[] { 0.5f, 1f }, Token);

        Assert.Equal([5], matches.Rows);
        Assert.Equal(9, matches.Count);
        Assert.Equal((1d, 4d, 5), (text.X, text.Y, text.NearestRow));
        Assert.Equal((0.5, 6), (embedding.X, embedding.NearestRow));
        await Assert.ThrowsAsync<InvalidRequestException>(() => _client.Maps.SearchAsync("news", " ", Token));
    }
}
