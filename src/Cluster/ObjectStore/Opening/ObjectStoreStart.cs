using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.ObjectStore.Opening;

/// <summary>
/// Checks the store before the server listens: that it stores, returns and deletes an object, and that it belongs to the cluster of the
/// database. A sweep deletes objects that the database does not name, so two clusters must never share a prefix.
/// </summary>
internal sealed class ObjectStoreStart(
    ContentStore store,
    MetadataDatabase database,
    DataFolder folder,
    MemberIdentity member,
    IOptions<ObjectStoreOptions> options,
    ILogger<ObjectStoreStart> logger) : IHostedService
{
    private const string OwnerPrefix = "cluster/";
    private const string MarkName = "OBJECTS";
    private const int ProbeBytes = 4096;

    /// <summary>Returns the key of the object that a member writes to try the store.</summary>
    /// <param name="member">Name of the member.</param>
    public static string ProbeKey(string member) =>
        $"probe/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(member)))[..32]}";

    /// <inheritdoc/>
    /// <exception cref="StartupException">The store rejects a call, belongs to another cluster, or is away at the first start.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        string cluster = await database.ReadAsync(
            static connection => connection.Query("SELECT folder_id FROM meta", static row => row.GetString(0))[0], cancellationToken);
        string mark = Path.Combine(folder.Root, MarkName);
        try
        {
            await ProbeAsync(cancellationToken);
            await RequireOwnAsync(cluster, cancellationToken);
            if (!folder.Files.FileExists(mark))
            {
                folder.Files.WriteNew(mark, Encoding.ASCII.GetBytes(cluster + "\n"));
            }

            Log.StoreReady(logger, cluster);
        }
        catch (ObjectStoreException failure) when (failure.IsTransient && folder.Files.FileExists(mark))
        {
            // A member that has used the store before answers predictions with the copies that it has.
            Log.StoreAwayAtStart(logger, failure);
        }
        catch (ObjectStoreException failure)
        {
            throw new StartupException(
                $"The object store {Name()} cannot be used: {failure.Message} Check Cluster:ObjectStore and the store.", failure);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        string key = ProbeKey(member.Id);
        byte[] bytes = RandomNumberGenerator.GetBytes(ProbeBytes);
        BytesContent content = new(bytes);
        await store.DeleteAsync(key, cancellationToken); // Of a start that was interrupted.
        await store.PutAsync(key, content, ContentDescriptor.Describe(content, cancellationToken), cancellationToken);
        await store.DeleteAsync(key, cancellationToken);
    }

    /// <summary>Adds the mark of the cluster first: of two clusters that start at the same time, at least one sees both marks.</summary>
    private async Task RequireOwnAsync(string cluster, CancellationToken cancellationToken)
    {
        BytesContent content = new(Encoding.ASCII.GetBytes(cluster));
        ObjectPage before = await store.ListAsync(OwnerPrefix, null, 2, cancellationToken);
        RequireOwn(before, cluster);
        if (before.Objects.Count == 0)
        {
            await store.PutAsync(
                OwnerPrefix + cluster, content, ContentDescriptor.Describe(content, cancellationToken), cancellationToken);
            RequireOwn(await store.ListAsync(OwnerPrefix, null, 2, cancellationToken), cluster);
        }
    }

    private void RequireOwn(ObjectPage owners, string cluster)
    {
        if (owners.Objects.FirstOrDefault(owner => owner.Key != OwnerPrefix + cluster) is { } other)
        {
            throw new StartupException(
                $"The object store {Name()} belongs to cluster {other.Key[OwnerPrefix.Length..]}, the database to cluster {cluster}. Set "
                + "another Cluster:ObjectStore:S3:Prefix or Folder, or the database of that cluster.",
                StartupException.DataError);
        }
    }

    private string Name() => options.Value switch
    {
        { Folder.Length: > 0 } shared => $"'{shared.Folder}'",
        { S3: { Url: { } url } bucket } => $"'{bucket.Bucket}/{bucket.Prefix}' at {url.GetLeftPart(UriPartial.Authority)}",
        var aws => $"'{aws.S3.Bucket}/{aws.S3.Prefix}' in {aws.S3.Region}",
    };
}
