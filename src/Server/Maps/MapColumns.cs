using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Receiving;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Maps;

/// <summary>Answers calls for the columns of a version's map.</summary>
internal sealed class MapColumns(
    ModelRegistry models,
    TrainingDocuments training,
    MapIndexing indexing,
    MapColumnReading reading,
    MapCache cache,
    QueryLane lane)
{
    public async Task<ListMapColumnsResponse> ListAsync(ListMapColumnsRequest request, CancellationToken cancellationToken)
    {
        using VersionLease lease = await models.AcquireAsync(ModelMapping.FromProto(request.Selector), cancellationToken);
        VersionHandle version = lease.Handle;
        MapIndex index = await IndexAsync(version, cancellationToken);
        return new ListMapColumnsResponse { ModelVersion = version.Name, Columns = { MapMapping.Columns(index) } };
    }

    public async Task<GetMapColumnResponse> GetAsync(GetMapColumnRequest request, CancellationToken cancellationToken)
    {
        int size = Paging.Size(request.PageSize, MapReading.MaxRows, MapReading.MaxRows);
        (VersionSelector selector, int first) = VersionPage.Read(request.PageToken, ModelMapping.FromProto(request.Selector));
        using VersionLease lease = await models.AcquireAsync(selector, cancellationToken);
        VersionHandle version = lease.Handle;
        int total = version.Content.DocumentIds.Count;
        int count = MapReading.Rows(first, size, total);
        GetMapColumnResponse response = new()
        {
            ModelVersion = version.Name,
            FirstRow = first,
            NextPageToken = first + count < total ? VersionPage.Write(version, first + count) : string.Empty,
        };
        if (request.Attribute.Length == 0)
        {
            MapSeconds times = await PartAsync(version, "time", token => reading.SecondsAsync(version, token), cancellationToken);
            response.FirstTime = Timestamp.FromDateTimeOffset(times.First);
            response.Seconds.AddRange(new ArraySegment<long>(times.Seconds, first, count));
            return response;
        }

        MapClasses classes = await PartAsync(
            version, $"attribute {request.Attribute}", token => reading.ClassesAsync(version, request.Attribute, token), cancellationToken);
        response.Classes.AddRange(new ArraySegment<ushort>(classes.Classes, first, count).Select(static number => (uint)number));
        if (first == 0)
        {
            response.ClassNames.AddRange(classes.ClassNames);
        }

        return response;
    }

    /// <summary>Returns the index of a version on which the caller holds a lease.</summary>
    public async Task<MapIndex> IndexAsync(VersionHandle version, CancellationToken cancellationToken)
    {
        // The places of an index are those of the document files, which an erasure replaces.
        string files = await training.FilesAsync(version, cancellationToken);
        return await PartAsync(version, $"index {files}", token => indexing.ReadAsync(version, token), cancellationToken);
    }

    private Task<T> PartAsync<T>(
        VersionHandle version, string name, Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        where T : MapPart =>
        lane.RunAsync(() => cache.GetAsync(version, name, () => read(cancellationToken), cancellationToken), cancellationToken);
}
