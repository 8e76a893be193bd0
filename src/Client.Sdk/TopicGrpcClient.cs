using Microsoft.Extensions.Options;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Cluster;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Keys;
using TopicGrpc.Client.Maintenance;
using TopicGrpc.Client.Maps;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Servers;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Client;

/// <summary>
/// A client of a topic-model server. Thread-safe; reuse one client, since it owns one channel for all calls. It retries calls and resumes
/// streams
/// according to <see cref="TopicGrpcClientOptions.Retry"/>. Failures are <see cref="Errors.TopicGrpcException"/>s; a canceled token is an
/// <see cref="OperationCanceledException"/>.
/// </summary>
public partial class TopicGrpcClient : IDisposable
{
    private readonly Connection? _connection;

    /// <summary>Creates a client with default options. Connects at the first call.</summary>
    /// <param name="address">Address of the server, such as <c>http://localhost:5400</c>.</param>
    public TopicGrpcClient(Uri address)
        : this(new TopicGrpcClientOptions { Address = address })
    {
    }

    /// <summary>Creates a client. Connects at the first call.</summary>
    /// <param name="options">Options; do not change them afterward.</param>
    /// <exception cref="OptionsValidationException">An option is invalid; the message lists all invalid options.</exception>
    public TopicGrpcClient(TopicGrpcClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> errors = [.. TopicGrpcClientOptionsValidator.Errors(options)];
        if (errors.Count > 0)
        {
            throw new OptionsValidationException(nameof(TopicGrpcClientOptions), typeof(TopicGrpcClientOptions), errors);
        }

        _connection = new Connection(options);
        ClientCore core = new(
            options,
            _connection.Invoker,
            credentials: _connection.Credentials,
            health: _connection.Health,
            reconnect: _connection.Reconnect);
        Corpora = new CorporaClient(core);
        Fits = new FitsClient(core);
        Models = new ModelsClient(core, Fits);
        Predictions = new PredictionsClient(core);
        Topics = new TopicsClient(core);
        Server = new ServerClient(core);
        Maintenance = new MaintenanceClient(core);
        Keys = new KeysClient(core);
        Maps = new MapsClient(core);
        Cluster = new ClusterClient(core);
    }

    /// <summary>Creates a client from fakes of its parts.</summary>
    /// <param name="corpora">Corpora.</param>
    /// <param name="fits">Fits.</param>
    /// <param name="models">Models.</param>
    /// <param name="predictions">Predictions.</param>
    /// <param name="topics">Topics.</param>
    /// <param name="server">Server.</param>
    /// <param name="maintenance">Maintenance.</param>
    /// <param name="keys">API keys.</param>
    /// <param name="maps">Maps of versions.</param>
    /// <param name="cluster">Members of the cluster.</param>
    public TopicGrpcClient(
        CorporaClient corpora,
        FitsClient fits,
        ModelsClient models,
        PredictionsClient predictions,
        TopicsClient topics,
        ServerClient server,
        MaintenanceClient maintenance,
        KeysClient keys,
        MapsClient maps,
        ClusterClient cluster)
    {
        Corpora = corpora;
        Fits = fits;
        Models = models;
        Predictions = predictions;
        Topics = topics;
        Server = server;
        Maintenance = maintenance;
        Keys = keys;
        Maps = maps;
        Cluster = cluster;
    }

    /// <summary>Corpora and their documents.</summary>
    public CorporaClient Corpora { get; }

    /// <summary>Fits.</summary>
    public FitsClient Fits { get; }

    /// <summary>Models, versions and labels.</summary>
    public ModelsClient Models { get; }

    /// <summary>Predictions for texts.</summary>
    public PredictionsClient Predictions { get; }

    /// <summary>Topics, their documents and charts.</summary>
    public TopicsClient Topics { get; }

    /// <summary>Information about the server.</summary>
    public ServerClient Server { get; }

    /// <summary>Backup and verification of the stored data.</summary>
    public MaintenanceClient Maintenance { get; }

    /// <summary>API keys of the server.</summary>
    public KeysClient Keys { get; }

    /// <summary>Maps of versions: documents as points on a plane.</summary>
    public MapsClient Maps { get; }

    /// <summary>Members of the cluster.</summary>
    public ClusterClient Cluster { get; }

    /// <summary>Closes the channel; running calls fail.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the channel.</summary>
    /// <param name="disposing">Whether the call comes from <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _connection?.Dispose();
        }
    }
}
