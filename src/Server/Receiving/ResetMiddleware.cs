namespace TopicGrpc.Server.Receiving;

/// <summary>
/// Drops the calls that their client has reset before they run. A client can open and reset calls faster than they run; without this, each
/// of them would run until its first read of the body, which throws.
/// </summary>
internal sealed class ResetMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        context.RequestAborted.IsCancellationRequested ? Task.CompletedTask : next(context);
}
