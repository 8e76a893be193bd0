using System.Xml.Linq;
using Grpc.Core;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Topics;

public sealed class RenderChartTests
{
    private static readonly ModelSelector Selector = new() { Model = "models/m" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RenderChart_EveryKindTwice_GivesTheSameWellFormedBytes()
    {
        await using TestServer server = await IngestedDocuments.FittedAsync();
        IEnumerable<RenderChartRequest.Types.Kind> kinds = Enum.GetValues<RenderChartRequest.Types.Kind>()
            .Where(static kind => kind is not (RenderChartRequest.Types.Kind.Unspecified or RenderChartRequest.Types.Kind.Resolution));
        foreach (RenderChartRequest.Types.Kind kind in kinds)
        {
            RenderChartRequest request = new()
            {
                Selector = Selector,
                Kind = kind,
                Attribute = "author",
                Text = "cipher wiretap escrow",
                BinCount = 5,
            };

            RenderChartResponse first = await RenderAsync(server, request);
            RenderChartResponse second = await RenderAsync(server, request);

            Assert.Equal(first.Content, second.Content);
            Assert.Equal("image/svg+xml", first.ContentType);
            var picture = XDocument.Parse(first.Content.ToStringUtf8());
            Assert.Equal("svg", picture.Root!.Name.LocalName);
            Assert.DoesNotContain(picture.Descendants(), static element => element.Name.LocalName == "script");
            Assert.True(picture.Descendants().Count() > 10, $"{kind} draws next to nothing.");
        }
    }

    [Fact]
    public async Task RenderChart_SizesOfAFitWithAGivenSize_SaysWhichFitsHaveThem()
    {
        await using TestServer server = await IngestedDocuments.FittedAsync();

        RpcException failure = await Assert.ThrowsAsync<RpcException>(() => RenderAsync(
            server, new RenderChartRequest { Selector = Selector, Kind = RenderChartRequest.Types.Kind.Resolution }));

        Assert.Equal(StatusCode.FailedPrecondition, failure.StatusCode);
        Assert.Contains("without a given min_cluster_size", failure.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RenderChartRequest.Types.Kind.Unspecified, "kind")]
    [InlineData(RenderChartRequest.Types.Kind.TopicsPerClass, "attribute")]
    [InlineData(RenderChartRequest.Types.Kind.Heatmap, "width")]
    [InlineData(RenderChartRequest.Types.Kind.TopicsOverTime, "bin_count")]
    [InlineData(RenderChartRequest.Types.Kind.Distribution, "min_probability")]
    [InlineData(RenderChartRequest.Types.Kind.Hierarchy, "color_threshold")]
    [InlineData(RenderChartRequest.Types.Kind.TermRank, "topic_ids")]
    public async Task RenderChart_WrongField_IsNamed(RenderChartRequest.Types.Kind kind, string field)
    {
        await using TestServer server = await IngestedDocuments.FittedAsync();
        RenderChartRequest request = new() { Selector = Selector, Kind = kind, Text = "cipher" };
        switch (field)
        {
            case "width":
                request.Width = 299;
                break;
            case "bin_count":
                request.BinCount = 1001;
                break;
            case "min_probability":
                request.MinProbability = 1.5;
                break;
            case "color_threshold":
                request.ColorThreshold = double.NaN;
                break;
            case "topic_ids":
                request.TopicIds.Add(99);
                break;
            default:
                break;
        }

        RpcException refused = await Refusal.ExpectAsync(StatusCode.InvalidArgument, "INVALID_FIELD", () => RenderAsync(server, request));

        Assert.Equal([field], Refusal.Fields(refused));
    }

    [Fact]
    public async Task RenderChart_WithoutWhatItNeeds_SaysWhy()
    {
        await using TestServer server = await IngestedDocuments.FittedAsync();

        await Refusal.ExpectAsync(
            StatusCode.InvalidArgument,
            "INPUT_EMPTY",
            () => RenderAsync(server, new RenderChartRequest { Selector = Selector, Kind = RenderChartRequest.Types.Kind.Distribution }));
        await Refusal.ExpectAsync(
            StatusCode.FailedPrecondition,
            "NOT_AVAILABLE",
            () => RenderAsync(
                server,
                new RenderChartRequest
                {
                    Selector = Selector,
                    Kind = RenderChartRequest.Types.Kind.TopicsPerClass,
                    Attribute = "nobody-has-it",
                }));
    }

    private static async Task<RenderChartResponse> RenderAsync(TestServer server, RenderChartRequest request) =>
        await server.Topics.RenderChartAsync(request, cancellationToken: Token);
}
