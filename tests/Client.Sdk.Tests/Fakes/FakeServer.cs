using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TopicGrpc.Client.Sdk.Tests.Fakes;

/// <summary>
/// A real Kestrel on a free port with fake services. The services outlive it, so a second server can take over as after a restart.
/// </summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private FakeServer(WebApplication application)
    {
        _application = application;
        Address = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public Uri Address { get; }

    public static async Task<FakeServer> StartAsync(
        FakeCorpusService? corpora = null,
        FakeFitService? fits = null,
        FakePredictionService? predictions = null,
        FakeTopicService? topics = null,
        FakeModelService? models = null,
        int port = 0)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port, static listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(static host => host.ShutdownTimeout = TimeSpan.Zero);
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(corpora ?? new FakeCorpusService());
        builder.Services.AddSingleton(fits ?? new FakeFitService());
        builder.Services.AddSingleton(predictions ?? new FakePredictionService());
        builder.Services.AddSingleton(topics ?? new FakeTopicService());
        builder.Services.AddSingleton(models ?? new FakeModelService());
        WebApplication application = builder.Build();
        application.MapGrpcService<FakeCorpusService>();
        application.MapGrpcService<FakeFitService>();
        application.MapGrpcService<FakePredictionService>();
        application.MapGrpcService<FakeTopicService>();
        application.MapGrpcService<FakeModelService>();
        await application.StartAsync();
        return new FakeServer(application);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
