using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Answering;
using TopicGrpc.Server.Audit;
using TopicGrpc.Server.Authentication;
using TopicGrpc.Server.Backups;
using TopicGrpc.Server.Charts;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Documents;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Erasing;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Http;
using TopicGrpc.Server.Ingesting;
using TopicGrpc.Server.Keys;
using TopicGrpc.Server.Maps;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.OpenAi;
using TopicGrpc.Server.OpenApi;
using TopicGrpc.Server.Predicting;
using TopicGrpc.Server.Receiving;
using TopicGrpc.Server.Rpc;
using TopicGrpc.Server.Shadowing;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Storage.Sqlite;
using TopicGrpc.Server.Telemetry;
using TopicGrpc.Server.Topics;
using TopicGrpc.Server.Transfers;
using TopicGrpc.Server.Uploads;
using TopicGrpc.Server.Verification;
using TopicGrpc.Server.WebPage;

namespace TopicGrpc.Server;

/// <summary>Builds the server.</summary>
internal static class ServerApplication
{
    private const string ClusterSection = "Cluster";

    /// <summary>Builds a server in its own process, with options from <c>appsettings.json</c>, environment and command line.</summary>
    public static WebApplication Create(string[] arguments, StartupLogFilter log)
    {
        OpenFileLimit.Require();
        WebApplicationBuilder builder = Builder(arguments);
        RequireNoCluster(builder.Configuration);
        log.AddTo(builder.Logging);
        return Map(Build(builder, new ServerSettings()));
    }

    /// <summary>Returns the effective options of a server as JSON, without opening its data folder.</summary>
    /// <exception cref="OptionsValidationException">An option is invalid.</exception>
    public static async Task<string> PrintConfigurationAsync(string[] arguments)
    {
        await using WebApplication application = Build(Builder(arguments), new ServerSettings());
        return ConfigurationPrinting.Of(application.Services);
    }

    /// <summary>Builds the services of a server that is not started, for work on a data folder that no server uses.</summary>
    public static WebApplication CreateOffline(string dataDirectory, Action<IHostApplicationBuilder>? compose)
    {
        ServerSettings settings = new() { DataDirectory = dataDirectory, Compose = compose };
        WebApplicationBuilder builder = Builder(arguments: null);
        builder.Configuration.AddInMemoryCollection(settings.ToConfiguration());
        builder.Logging.ClearProviders();
        return Build(builder, settings);
    }

    /// <summary>Builds a server inside another process, with options from <c>appsettings.json</c> and settings.</summary>
    public static WebApplication Create(ServerSettings settings)
    {
        OpenFileLimit.Require();
        WebApplicationBuilder builder = Builder(arguments: null);
        builder.Configuration.AddInMemoryCollection(settings.ToConfiguration());
        builder.Logging.ClearProviders();
        if (settings.ConsoleLogLevel is { } level)
        {
            builder.Logging.AddSimpleConsole().SetMinimumLevel(level);
        }
        else if (settings.LogsProblems)
        {
            AddProblemLog(builder);
        }

        return Map(Build(builder, settings));
    }

    // The caller reports a failed start; ASP.NET Core and Orleans would add pages about it, and about each member that ends.
    private static void AddProblemLog(WebApplicationBuilder builder)
    {
        builder.Logging.AddSimpleConsole().AddFilter<ConsoleLoggerProvider>(static (category, level) =>
            level >= LogLevel.Warning && category?.StartsWith(nameof(TopicGrpc) + ".", StringComparison.Ordinal) == true);
        builder.Services.Configure<ConsoleLoggerOptions>(static options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static WebApplicationBuilder Builder(string[]? arguments) => WebApplication.CreateSlimBuilder(
        new WebApplicationOptions { Args = arguments, ContentRootPath = AppContext.BaseDirectory });

    private static WebApplication Build(WebApplicationBuilder builder, ServerSettings settings)
    {
        FileSizeSignal.Ignore();
        var url = ListeningUrl.TakeFrom(builder.Configuration);
        builder.Services.AddSingleton(settings.Clock ?? TimeProvider.System);
        settings.Compose?.Invoke(builder);
        builder.Services
            .AddHosting(url)
            .AddChangeFeed()
            .AddMembers()
            .AddReceiving()
            .AddStorage(settings.Files)
            .AddSqlite()
            .AddAccess()
            .AddKeys()
            .AddCallerAuthentication()
            .AddAudit()
            .AddCorpora()
            .AddErasing()
            .AddIngesting()
            .AddModels()
            .AddEmbedding(settings.Embedder)
            .AddPredicting()
            .AddShadowing()
            .AddAnswering()
            .AddFitting()
            .AddTopics()
            .AddMaps()
            .AddDocuments()
            .AddCharts()
            .AddTransfers()
            .AddBackups()
            .AddVerification()
            .AddHttp()
            .AddOpenAi()
            .AddWebPage()
            .AddRpc();
        builder.AddTelemetry();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(ListeningPorts.Listen);
        return builder.Build();
    }

    // Environment variables of unknown sections are ignored elsewhere; here they would select another database.
    private static void RequireNoCluster(ConfigurationManager configuration)
    {
        if (configuration.GetSection(ClusterSection).GetChildren().Any())
        {
            throw new StartupException(
                $"{ClusterSection}: this program has no cluster support. Start the server with 'topicgrpc serve'.",
                StartupException.UsageError);
        }
    }

    private static WebApplication Map(WebApplication application)
    {
        try
        {
            application.UseHosting();
            application.UseWebPage();
            application.MapRpc();
            application.MapUploads();
            application.MapOpenAi();
            application.MapOpenApi();
            application.MapTelemetry();
            foreach (IRoutePart part in application.Services.GetServices<IRoutePart>())
            {
                part.Map(application);
            }

            application.MapUnknown();
        }
        catch
        {
            // Mapping creates services that may fail to start; those before them must release the data folder.
            application.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }

        return application;
    }
}
