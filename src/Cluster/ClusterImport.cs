using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TopicGrpc.Cluster.Importing;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Cluster.ObjectStore.Opening;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Cluster;

/// <summary>
/// An import of the data of a single server into the cluster of the options, which are read as those of a member. Members may run; the
/// single server must not.
/// </summary>
/// <param name="Source">Data folder of the single server. It is only read, apart from upgrades of an earlier release.</param>
public sealed record ClusterImport(string Source)
{
    /// <summary>Adds the services of a member and its options.</summary>
    internal Action<IHostApplicationBuilder> Compose { get; init; } = ClusterRegistration.AddCluster;

    /// <summary>
    /// Imports corpora with their documents, models with their versions, labels, traffic policies, assignments, fits, receipts of erasures
    /// and keys. A repeated call continues an import that was interrupted.
    /// </summary>
    /// <param name="progress">Receives the name of each corpus and version that was imported.</param>
    /// <param name="cancellationToken">Interrupts the import.</param>
    /// <returns>What was imported.</returns>
    /// <exception cref="ServerStartException">
    /// The data folder is in use, damaged or has unfinished work; the cluster is not empty, or its options are invalid.
    /// </exception>
    public async Task<ImportedData> RunAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(progress);

        // The folder of a member for the time of the import.
        string folder = Path.Combine(Path.GetTempPath(), "topicgrpc-import-" + Guid.NewGuid().ToString("n"));
        try
        {
            using var source = SourceFolder.Open(Source);
            await using WebApplication application = ServerApplication.CreateOffline(folder, Compose);
            if (!MemberMode.IsSet(application.Configuration))
            {
                throw new StartupException(
                    "Cluster:Postgres:ConnectionString and Cluster:ObjectStore:Folder or Cluster:ObjectStore:S3:Bucket are not set. Set "
                    + "the options of the cluster as for a member.",
                    StartupException.UsageError);
            }

            IServiceProvider services = application.Services;
            await ActivatorUtilities.CreateInstance<ObjectStoreStart>(services).StartAsync(cancellationToken);
            return await new SingleServerImport(
                ActivatorUtilities.CreateInstance<MetadataImport>(services),
                ActivatorUtilities.CreateInstance<DocumentImport>(services),
                ActivatorUtilities.CreateInstance<VersionImport>(services),
                ActivatorUtilities.CreateInstance<AssignmentImport>(services)).RunAsync(source, progress, cancellationToken);
        }
        catch (ServiceException rejected)
        {
            throw new ServerStartException(rejected.Message, StartupException.OtherError, rejected);
        }
        catch (Exception exception) when (StartFailure.Explain(exception) is { } message)
        {
            throw new ServerStartException(message, StartFailure.ExitCode(exception), exception);
        }
        finally
        {
            DiskStorage.Instance.DeleteFolderIfExists(folder);
        }
    }
}
