using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Lineage;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Models;

/// <summary>
/// Lets a fitted or imported version inherit the topic uids of its model: first from the default version, then from the newest version.
/// A derived version has its uids from its parent already.
/// </summary>
internal sealed class UidInheritance(IModelStore store, ILogger<UidInheritance> logger)
{
    /// <summary>Replaces the uids of topics that match a topic of an earlier version.</summary>
    /// <param name="content">The new version.</param>
    /// <param name="record">Record of the new version, with its name.</param>
    /// <param name="route">The model in the current routing table; null for a new model.</param>
    /// <param name="cancellationToken">Stops the reading of versions that are not loaded.</param>
    public async Task<TopicModel> InheritAsync(
        TopicModel content, ModelVersion record, ModelRoute? route, CancellationToken cancellationToken)
    {
        if (route is null || record.ParentVersion.Length > 0)
        {
            return content;
        }

        List<IDisposable> held = [];
        try
        {
            List<TopicModel> ancestors = [];
            foreach (long number in new[] { route.Default, route.Latest }.Where(static number => number > 0).Distinct())
            {
                if (await ReadAsync(route, number, record.Name, held, cancellationToken) is { } ancestor)
                {
                    ancestors.Add(ancestor);
                }
            }

            TopicModel continued = TopicLineage.Continue(content, ancestors);
            HashSet<string> known = [.. ancestors.SelectMany(static ancestor => ancestor.Topics).Select(static topic => topic.Uid)];
            int inherited = continued.Topics.Count(topic => topic.Id >= 0 && known.Contains(topic.Uid));
            Log.UidsInherited(logger, record.Name, inherited, continued.Report.Topics);
            return continued;
        }
        finally
        {
            held.ForEach(static version => version.Dispose());
        }
    }

    private async Task<TopicModel?> ReadAsync(
        ModelRoute route,
        long number,
        string successor,
        List<IDisposable> held,
        CancellationToken cancellationToken)
    {
        if (route.Versions.TryGetValue(number, out VersionEntry? entry) && entry.Handle is { } handle && handle.TryAcquire())
        {
            held.Add(new VersionLease(handle));
            return handle.Content;
        }

        try
        {
            using IVersionFiles files = await store.AcquireFilesAsync(route.Id, number, waits: true, cancellationToken);
            NativeModel ancestor = store.Load(route.Id, number, cancellationToken);
            held.Add(ancestor);
            return ancestor.Archive.Model;
        }
        catch (Exception exception)
            when (exception is IOException or InvalidDataException or ArgumentException or UnauthorizedAccessException)
        {
            Log.AncestorNotRead(logger, exception, ResourceNames.Version(route.Id, number), successor);
            return null;
        }
    }
}
