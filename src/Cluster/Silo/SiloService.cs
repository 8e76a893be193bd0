using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Postgres;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Tls;

namespace TopicGrpc.Cluster.Silo;

/// <summary>
/// Runs the silo of a member in the background: a server listens without waiting for it. After a failure the silo starts again, with
/// delays that double from 1 to 30 seconds; the server answers calls meanwhile. Wrong options, however, end the start of the server.
/// </summary>
internal sealed class SiloService(
    SiloHost host,
    IOptions<SiloOptions> options,
    IOptions<ServerOptions> server,
    PostgresMembers members,
    MetadataDatabase database,
    TimeProvider clock,
    ILoggerFactory logging) : BackgroundService, ISilo
{
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    private readonly ILogger _logger = logging.CreateLogger<SiloService>();
    private TlsCertificates? _certificates;
    private IPEndPoint? _endpoint;
    private RunningSilo? _running;

    /// <inheritdoc/>
    public IGrainFactory? Grains => Volatile.Read(ref _running)?.Grains;

    /// <inheritdoc/>
    public SiloAddress? Address => Volatile.Read(ref _running)?.Address;

    /// <inheritdoc/>
    public IServiceProvider? Services => Volatile.Read(ref _running)?.Services;

    /// <summary>Reads the certificates and reserves the port, so that wrong options end the start of the server.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Tls.IsEnabled)
        {
            _certificates = new TlsCertificates(
                options.Value.Tls with { Section = SiloOptions.SectionName + ":" + nameof(SiloOptions.Tls) },
                clock,
                logging.CreateLogger<TlsCertificates>());
        }

        _endpoint = SiloEndpoint.Reserve(options.Value, server.Value.Address);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _certificates?.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Building and starting a silo takes seconds of CPU time, most of it without awaiting.
        await Task.Yield();
        TimeSpan delay = ShortestDelay;
        while (!stoppingToken.IsCancellationRequested)
        {
            long start = clock.GetTimestamp();
            try
            {
                await RunAsync(stoppingToken);
                return;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                delay = clock.GetElapsedTime(start) > LongestDelay ? ShortestDelay : delay;
                Log.SiloFailed(_logger, exception, delay);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(delay, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    /// <summary>Runs a silo until the server stops.</summary>
    /// <exception cref="Exception">The silo cannot start, or has failed.</exception>
    private async Task RunAsync(CancellationToken stoppingToken)
    {
        SiloFailure failure = new();
        string clusterId = await database.ReadAsync(
            static connection => connection.Query("SELECT folder_id FROM meta", static row => row.GetString(0))[0], stoppingToken);
        IHost silo = host.Build(
            clusterId, _endpoint!, _certificates is { } certificates ? new SiloTls(certificates, clock) : null, failure);
        bool hasStarted = false;
        try
        {
            await StartAsync(silo, failure, stoppingToken);
            hasStarted = true;
            SiloAddress address = silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
            Volatile.Write(ref _running, new RunningSilo(silo.Services.GetRequiredService<IGrainFactory>(), address, silo.Services));
            await members.SetSiloAddressAsync(address.ToParsableString(), stoppingToken);
            Log.SiloStarted(_logger, address.ToString());
            var stopped = Task.Delay(Timeout.InfiniteTimeSpan, stoppingToken);
            if (await Task.WhenAny(failure.Failed, stopped) == failure.Failed)
            {
                throw await failure.Failed;
            }
        }
        finally
        {
            Volatile.Write(ref _running, null);
            await StopAsync(silo);

            // Orleans 10.4.2 does not stop the directory of a silo whose start failed. Once disposed, the directory uses all cores, because
            // it waits for changes of the membership and gets an empty answer at once. The first read above keeps such starts rare.
            if (hasStarted)
            {
                silo.Dispose();
            }
        }
    }

    private static async Task StartAsync(IHost silo, SiloFailure failure, CancellationToken stoppingToken)
    {
        Task start = silo.StartAsync(stoppingToken);

        // Without its database, a silo that starts ignores the token for minutes, and the server would wait for it.
        var stopped = Task.Delay(Timeout.InfiniteTimeSpan, stoppingToken);
        Task first = await Task.WhenAny(start, failure.Failed, stopped);
        if (first == failure.Failed)
        {
            throw await failure.Failed;
        }

        await (first == stopped ? stopped : start);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A silo that failed may fail to stop too.")]
    private async Task StopAsync(IHost silo)
    {
        using CancellationTokenSource limit = new(StopTimeout, clock);
        try
        {
            await silo.StopAsync(limit.Token);
        }
        catch (Exception exception)
        {
            Log.SiloNotStopped(_logger, exception);
        }
    }

    private sealed record RunningSilo(IGrainFactory Grains, SiloAddress Address, IServiceProvider Services);
}
