using TopicGrpc.Engine.Numerics;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Receiving;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Maps;

/// <summary>Answers calls for the points of a version's map.</summary>
internal sealed class MapReading(ModelRegistry models, MapComputation computation, MapCache cache, QueryLane lane)
{
    /// <summary>Most rows of a page: about 1.5 MB of points.</summary>
    public const int MaxRows = 200_000;

    public async Task<GetMapResponse> ReadAsync(GetMapRequest request, CancellationToken cancellationToken)
    {
        int size = Paging.Size(request.PageSize, MaxRows, MaxRows);
        (VersionSelector selector, int first) = VersionPage.Read(request.PageToken, ModelMapping.FromProto(request.Selector));
        using VersionLease lease = await models.AcquireAsync(selector, cancellationToken);
        VersionHandle version = lease.Handle;
        Matrix points = await computation.PointsAsync(version, cancellationToken);
        MapPoints map = await lane.RunAsync(
            () => cache.GetAsync(version, "points", () => Task.FromResult(MapPoints.Of(version.Content, points)), cancellationToken),
            cancellationToken);
        GetMapResponse response = new() { ModelVersion = version.Name, Etag = map.Etag };
        if (request.Etag == map.Etag)
        {
            response.NotModified = true;
            return response;
        }

        int count = Rows(first, size, map.Map.Count);
        response.PointCount = map.Map.Count;
        response.FirstRow = first;
        response.Bounds = MapMapping.Bounds(map.Map);
        response.Positions = MapMapping.Positions(map.Map, first, count);
        response.TopicIds.AddRange(new ArraySegment<int>(version.Content.Assignments, first, count));
        response.Probabilities = Google.Protobuf.ByteString.CopyFrom(map.Probabilities, first, count);
        response.NextPageToken = first + count < map.Map.Count ? VersionPage.Write(version, first + count) : string.Empty;
        if (first == 0)
        {
            response.Labels.AddRange(map.Labels.Select(MapMapping.ToProto));
        }

        return response;
    }

    /// <summary>Returns the number of rows of a page.</summary>
    /// <exception cref="Errors.ServiceException">The first row is behind the end: the token is from another list.</exception>
    public static int Rows(int first, int size, int count) => first <= count ? Math.Min(size, count - first) : throw Paging.Malformed();
}
