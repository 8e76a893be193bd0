using System.Net;
using TopicGrpc.Explorer.Hosting;
using TopicGrpc.Server;
using TopicGrpc.Testing;

namespace TopicGrpc.Explorer.Tests.Components;

/// <summary>The page as a program that has no browser sees it.</summary>
public sealed class HostingTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_EveryResponse_HasTheContentPolicyAndNothingInline()
    {
        using TempFolder folder = new();
        using FakeEmbedder embedder = new();
        await using ServerHost host = await StartAsync(folder, embedder, ("Server:HttpPort", "0"));
        using HttpClient client = new();

        using HttpResponseMessage response = await client.GetAsync(host.PageAddress, Cancelled);

        string html = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.Equal([PageHeaders.Policy], response.Headers.GetValues("Content-Security-Policy"));
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.DoesNotContain("unsafe", PageHeaders.Policy, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("onclick=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Page_ForeignHostOrOrigin_IsRejected(string header, string value)
    {
        using TempFolder folder = new();
        using FakeEmbedder embedder = new();
        await using ServerHost host = await StartAsync(folder, embedder, ("Server:HttpPort", "0"));
        using HttpClient client = new();
        using HttpRequestMessage request = new(HttpMethod.Get, host.PageAddress);
        request.Headers.TryAddWithoutValidation(header, value);

        using HttpResponseMessage response = await client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Asset_KnownETag_IsNotSentAgain()
    {
        using TempFolder folder = new();
        using FakeEmbedder embedder = new();
        await using ServerHost host = await StartAsync(folder, embedder, ("Server:HttpPort", "0"));
        using HttpClient client = new();
        Uri address = new(host.PageAddress!, "assets/css/app.css");
        using HttpResponseMessage first = await client.GetAsync(address, Cancelled);
        using HttpRequestMessage again = new(HttpMethod.Get, address);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using HttpResponseMessage second = await client.SendAsync(again, Cancelled);

        Assert.Equal("text/css", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("models/news/1/map", true)]
    [InlineData("models/news/1/topics", false)]
    public async Task Page_OfAMap_AsksForEveryModuleAtOnce(string path, bool isMap)
    {
        using TempFolder folder = new();
        using FakeEmbedder embedder = new();
        await using ServerHost host = await StartAsync(folder, embedder, ("Server:HttpPort", "0"));
        using HttpClient client = new();

        string html = await client.GetStringAsync(new Uri(host.PageAddress!, path), Cancelled);

        foreach (string module in (string[])["map", "gl", "points", "source"])
        {
            Assert.Equal(
                isMap, html.Contains($"<link rel=\"modulepreload\" href=\"assets/js/map/{module}.js\"", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Page_Disabled_IsAnUnknownPath()
    {
        using TempFolder folder = new();
        using FakeEmbedder embedder = new();
        await using ServerHost host = await StartAsync(folder, embedder, ("Server:HttpPort", "0"), ("Explorer:Enabled", "false"));
        using HttpClient client = new();

        using HttpResponseMessage response = await client.GetAsync(new Uri(host.HttpAddress!, "/explorer/"), Cancelled);

        Assert.Null(host.PageAddress);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Page_EnabledWithoutAPort_StopsTheStart()
    {
        using TempFolder folder = new();
        using FakeEmbedder embedder = new();

        ServerStartException failure = await Assert.ThrowsAsync<ServerStartException>(
            () => StartAsync(folder, embedder, ("Explorer:Enabled", "true")));

        Assert.Contains("Explorer:Enabled", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Server:HttpPort", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExplorerHost_OtherServer_ServesItsPage()
    {
        using TempFolder folder = new();
        using FakeEmbedder embedder = new();
        await using ServerHost server = await StartAsync(folder, embedder);
        ExplorerOptions options = new() { Server = () => new() { Address = server.Address } };
        await using ExplorerHost page = await ExplorerHost.StartAsync(options, port: 0, Cancelled);
        using HttpClient client = new();

        string html = await client.GetStringAsync(page.Address, Cancelled);

        Assert.Contains("<base href=\"/explorer/\"", html, StringComparison.Ordinal);
    }

    private static Task<ServerHost> StartAsync(TempFolder folder, FakeEmbedder embedder, params (string Key, string? Value)[] options) =>
        ServerHost.StartAsync(
            new ServerSettings
            {
                DataDirectory = folder.Path,
                Embedder = embedder,
                Configuration = options.ToDictionary(static option => option.Key, static option => option.Value),
            },
            Cancelled);
}
