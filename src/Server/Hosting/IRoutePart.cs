namespace TopicGrpc.Server.Hosting;

/// <summary>Routes that a composed service adds. A route without metadata of its access needs the role reader.</summary>
internal interface IRoutePart
{
    /// <summary>Adds the routes.</summary>
    void Map(IEndpointRouteBuilder routes);
}
