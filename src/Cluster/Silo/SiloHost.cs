using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Serialization;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Cluster.Postgres;

namespace TopicGrpc.Cluster.Silo;

/// <summary>Builds the host of a silo inside the process of the server.</summary>
internal sealed class SiloHost(
    IOptions<SiloOptions> options,
    IOptions<PostgresOptions> database,
    MemberIdentity member,
    ILoggerFactory logging,
    IEnumerable<ISiloPart> parts)
{
    /// <summary>Name of the role in the metadata of a silo.</summary>
    public const string RoleKey = "role";

    /// <summary>Name of the id of the member in the metadata of a silo.</summary>
    public const string MemberKey = "member";

    private const string Service = "topicgrpc";

    // Rows of silos that were killed do not delay a start for longer than this times three.
    private static readonly TimeSpan AliveInterval = TimeSpan.FromSeconds(5);

    /// <summary>Builds a host that is not started.</summary>
    /// <param name="clusterId">Id of the cluster: silos with another one are strangers.</param>
    /// <param name="endpoint">Address and port, which are free.</param>
    /// <param name="tls">TLS; null: none.</param>
    /// <param name="failure">Receives fatal errors.</param>
    public IHost Build(string clusterId, IPEndPoint endpoint, SiloTls? tls, SiloFailure failure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<IFatalErrorHandler>(failure);
        builder.Services.Replace(ServiceDescriptor.Singleton(logging));
        builder.UseOrleans(silo => Configure(silo, clusterId, endpoint, tls));
        return builder.Build();
    }

    private void Configure(ISiloBuilder silo, string clusterId, IPEndPoint endpoint, SiloTls? tls)
    {
        SiloOptions settings = options.Value;
        silo.Configure<ClusterOptions>(cluster =>
        {
            cluster.ClusterId = clusterId;
            cluster.ServiceId = Service;
        });
        silo.Configure<Orleans.Configuration.SiloOptions>(own => own.SiloName = member.Id);
        silo.Configure<EndpointOptions>(own =>
        {
            own.AdvertisedIPAddress = endpoint.Address;
            own.SiloPort = endpoint.Port;
            own.SiloListeningEndpoint = endpoint;
            own.GatewayPort = 0; // Clients use gRPC; no process outside of the cluster calls grains.
        });
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = settings.ProbeTimeout;
            membership.NumMissedProbesLimit = settings.MaxMissedProbes;
            membership.TableRefreshTimeout = AliveInterval;
            membership.IAmAliveTablePublishTimeout = AliveInterval;
        });
        silo.UseAdoNetClustering(table =>
        {
            table.Invariant = "Npgsql";
            table.ConnectionString = SiloDatabase.ConnectionString(database.Value);
        });
        silo.UseSiloMetadata(new Dictionary<string, string>
        {
            [RoleKey] = ((int)member.Role).ToString(CultureInfo.InvariantCulture),
            [MemberKey] = member.Id,
        });
        silo.Services.AddSerializer(static serializer => serializer.AddAssembly(typeof(SiloHost).Assembly));
        if (tls is not null)
        {
            silo.UseTls(tls.Configure);
        }

        if (settings.Dashboard)
        {
            silo.AddDashboard(static dashboard => dashboard.HideTrace = true);
            silo.Services.AddRouting();

            // The host of a web server would add it.
            silo.Services.AddSingleton(static _ => new DiagnosticListener("topicgrpc silo"));
        }

        foreach (ISiloPart part in parts)
        {
            part.AddTo(silo);
        }
    }
}
