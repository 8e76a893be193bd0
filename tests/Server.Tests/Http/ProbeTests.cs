using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Server.Tests.Http;

public sealed class ProbeTests
{
    [Theory]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    [InlineData("/startupz")]
    public async Task Probe_RunningServer_IsOk(string path)
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpCalls http = new(server);

        HttpAnswer answer = await http.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("ok\n", answer.Text);
    }

    [Fact]
    public async Task Probe_AfterTheGrace_IsLiveButNotReady()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpCalls http = new(server);
        await server.Services.GetRequiredService<ServerDrain>().StoppingAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/livez")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync("/readyz")).Status);
    }

    [Fact]
    public async Task UnknownPath_IsAnErrorAsJson()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpCalls http = new(server);

        HttpAnswer answer = await http.GetAsync("/api/v2/models");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal(5, answer.Json["code"]!.GetValue<int>());
    }
}
