using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Answering;
using TopicGrpc.Server.Charts;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Ingesting;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Predicting;
using TopicGrpc.Server.Rpc;
using TopicGrpc.Server.Shadowing;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Topics;
using TopicGrpc.Server.Transfers;

namespace TopicGrpc.Server;

/// <summary>Puts the server together.</summary>
internal static class ServerApplication
{
    private const int MaxCallsPerConnection = 1024;

    /// <summary>A server as its own process: options from <c>appsettings.json</c>, environment and command line.</summary>
    public static WebApplication Create(string[] arguments, StartLogGate log)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = arguments, ContentRootPath = AppContext.BaseDirectory });
        log.Guard(builder.Logging);
        return Build(builder, new ServerSettings());
    }

    /// <summary>A server inside another process: options from <c>appsettings.json</c> and the settings given.</summary>
    public static WebApplication Create(ServerSettings settings)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(settings.ToConfiguration());
        builder.Logging.ClearProviders();
        if (settings.ConsoleLogLevel is { } level)
        {
            builder.Logging.AddSimpleConsole().SetMinimumLevel(level);
        }

        return Build(builder, settings);
    }

    private static WebApplication Build(WebApplicationBuilder builder, ServerSettings settings)
    {
        builder.Services.AddSingleton(settings.Clock ?? TimeProvider.System);
        builder.Services
            .AddHosting()
            .AddStorage()
            .AddCorpora()
            .AddIngesting()
            .AddModels()
            .AddEmbedding(settings.Embedder)
            .AddPredicting()
            .AddShadowing()
            .AddAnswering()
            .AddFitting()
            .AddTopics()
            .AddCharts()
            .AddTransfers()
            .AddRpc();
        builder.WebHost.ConfigureKestrel(static kestrel => Listen(kestrel));

        WebApplication application = builder.Build();
        application.MapRpc();
        return application;
    }

    private static void Listen(KestrelServerOptions kestrel)
    {
        ServerOptions options = kestrel.ApplicationServices.GetRequiredService<IOptions<ServerOptions>>().Value;
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;

        // At Kestrel's own limit of 100 a client with one connection holds further calls back itself, where no refusal reaches
        // them; and when many are cancelled at once Kestrel takes it for an attack and resets the connection under the others.
        kestrel.Limits.Http2.MaxStreamsPerConnection = MaxCallsPerConnection;
        kestrel.Listen(IPAddress.Parse(options.Address), options.Port, static endpoint => endpoint.Protocols = HttpProtocols.Http2);
    }
}
