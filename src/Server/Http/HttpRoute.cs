using Grpc.Core;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Receiving;

namespace TopicGrpc.Server.Http;

/// <summary>
/// Runs the routes that are no methods of the contract under the rules of calls: shutdown, deadline, and the translation of exceptions.
/// </summary>
internal sealed class HttpRoute(ServerDrain drain, FaultTranslation translation, IOptions<ServerOptions> options, TimeProvider clock)
{
    /// <summary>Runs a route with a deadline and writes its error, if it has one.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">Name for the log.</param>
    /// <param name="handler">The route.</param>
    /// <param name="writeError">Writes an error as the response.</param>
    public async Task RunAsync(
        HttpContext context,
        string name,
        Func<CallDeadline, Task> handler,
        Func<HttpContext, RpcException, Task> writeError)
    {
        bool isLate = false;
        try
        {
            if (drain.RejectsCalls)
            {
                throw Fault.Draining();
            }

            TimeSpan timeout = TimeoutHeader.Of(context.Request) ?? options.Value.DefaultDeadline;
            using var deadline = CallDeadline.Of(DateTime.MaxValue, timeout, clock, context.RequestAborted);
            try
            {
                await handler(deadline);
            }
            catch (OperationCanceledException) when (deadline.HasDefaultPassed)
            {
                isLate = true;
                throw;
            }
        }
        catch (RpcException ended)
        {
            await writeError(context, ended);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            if (exception is ServiceException fault)
            {
                HttpErrors.SetRetryAfter(context, fault);
            }

            bool isCancelled = isLate || context.RequestAborted.IsCancellationRequested;
            await writeError(
                context,
                translation.Translate(exception, new EndedCall(name, isCancelled, isLate, context.TraceIdentifier)));
        }
    }
}
