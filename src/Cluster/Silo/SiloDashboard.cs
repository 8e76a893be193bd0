using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Orleans.Dashboard;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Hosting;
using TopicGrpc.V1;

namespace TopicGrpc.Cluster.Silo;

/// <summary>
/// The dashboard of Orleans, for unrestricted admins. It runs on the services of the silo, which has a pipeline of its own; the server
/// checks the caller first.
/// </summary>
internal sealed class SiloDashboard(IOptions<SiloOptions> options, ISilo silo) : IRoutePart
{
    private const string Path = "/cluster/silo";

    private readonly Lock _gate = new();
    private IServiceProvider? _services;
    private RequestDelegate? _pipeline;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        if (options.Value.Dashboard)
        {
            routes.MapGet(Path + "/{**path}", RunAsync).WithMetadata(new RouteAccess(Role.Admin) { OnlyReads = true });
        }
    }

    private async Task RunAsync(HttpContext context)
    {
        if (!Caller.Of(context).Grant.IsUnrestricted)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        if (silo.Services is not { } services)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        // The page names its parts relative to its own path.
        if (context.Request.Path.Value == Path)
        {
            context.Response.Redirect(Path + "/");
            return;
        }

        IServiceProvider own = context.RequestServices;
        Endpoint? endpoint = context.GetEndpoint();
        PathString path = context.Request.Path;
        PathString before = context.Request.PathBase;
        context.RequestServices = services;
        context.Request.PathBase = before.Add(Path);
        context.Request.Path = path.Value![Path.Length..];
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        try
        {
            await PipelineOf(services)(context);
        }
        finally
        {
            context.SetEndpoint(endpoint);
            context.RequestServices = own;
            context.Request.Path = path;
            context.Request.PathBase = before;
        }
    }

    // A silo that has started again has services of its own.
    private RequestDelegate PipelineOf(IServiceProvider services)
    {
        lock (_gate)
        {
            if (_services != services)
            {
                ApplicationBuilder pipeline = new(services);
                pipeline.UseRouting();
                pipeline.UseEndpoints(static endpoints => endpoints.MapOrleansDashboard());
                _pipeline = pipeline.Build();
                _services = services;
            }

            return _pipeline!;
        }
    }
}
