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
using TopicGrpc.Server.Receiving;
using TopicGrpc.Server.Rpc;
using TopicGrpc.Server.Shadowing;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Topics;
using TopicGrpc.Server.Transfers;

namespace TopicGrpc.Server;

/// <summary>Builds the server.</summary>
internal static class ServerApplication
{
    private const int MaxCallsPerConnection = 1024;

    /// <summary>Builds a server in its own process, with options from <c>appsettings.json</c>, environment and command line.</summary>
    public static WebApplication Create(string[] arguments, StartupLogFilter log)
    {
        OpenFileLimit.Require();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { Args = arguments, ContentRootPath = AppContext.BaseDirectory });
        log.AddTo(builder.Logging);
        return Build(builder, new ServerSettings());
    }

    /// <summary>Builds a server inside another process, with options from <c>appsettings.json</c> and settings.</summary>
    public static WebApplication Create(ServerSettings settings)
    {
        OpenFileLimit.Require();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
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
        FileSizeSignal.Ignore();
        builder.Services.AddSingleton(settings.Clock ?? TimeProvider.System);
        builder.Services
            .AddHosting()
            .AddReceiving()
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
        try
        {
            application.MapRpc();
        }
        catch
        {
            // Mapping creates services that may fail to start; those before them must release the data folder.
            application.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }

        return application;
    }

    private static void Listen(KestrelServerOptions kestrel)
    {
        ServerOptions options = kestrel.ApplicationServices.GetRequiredService<IOptions<ServerOptions>>().Value;
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;

        // With Kestrel's default of 100, a client with one connection queues further calls itself, where the server cannot reject them. And
        // if many are canceled at once, Kestrel assumes an attack and resets the connection, which ends the other calls too.
        kestrel.Limits.Http2.MaxStreamsPerConnection = MaxCallsPerConnection;
        kestrel.Listen(IPAddress.Parse(options.Address), options.Port, static endpoint => endpoint.Protocols = HttpProtocols.Http2);
    }
}
