using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Http;

/// <summary>
/// Metadata of a route: how a check that runs before the route writes its fault. Without it, the response is a
/// <c>google.rpc.Status</c>.
/// </summary>
/// <param name="WriteAsync">Writes a fault as the response.</param>
internal sealed record RouteErrorForm(Func<HttpContext, ServiceException, Task> WriteAsync);
