using System.Net;
using Microsoft.Extensions.Options;
using TopicGrpc.Explorer;
using TopicGrpc.Explorer.Hosting;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Tls;

namespace TopicGrpc.Server.WebPage;

/// <summary>Registers the web page and serves it.</summary>
internal static class WebPageRegistration
{
    public static IServiceCollection AddWebPage(this IServiceCollection services)
    {
        services.AddCheckedOptions<PageOptions, PageOptionsValidator>(PageOptions.SectionName);
        services.AddSingleton<SelfConnection>();
        services.AddExplorer(static provider => new ExplorerOptions
        {
            Server = provider.GetRequiredService<SelfConnection>().CreateOptions,
            RequiresLocalHost = IsLoopback(provider.GetRequiredService<IOptions<ServerOptions>>().Value),
            Oidc = provider.GetRequiredService<IOptions<PageOptions>>().Value.Oidc,
        });
        return services;
    }

    /// <summary>Returns whether a server serves the page.</summary>
    public static bool HasWebPage(this IServiceProvider services)
    {
        ServerOptions server = services.GetRequiredService<IOptions<ServerOptions>>().Value;
        bool hasPort = server.Tls.IsEnabled || server.HttpPort is not null;
        bool isAllowed = services.GetRequiredService<IOptions<PageOptions>>().Value.Enabled
            ?? (IsLoopback(server) && server.Tls.ClientCertificates != ClientCertificates.Require);
        return hasPort && isAllowed;
    }

    /// <summary>
    /// Serves the page before all other middleware: calls of the contract never pass it, and the page has rules of its own.
    /// </summary>
    public static void UseWebPage(this WebApplication application)
    {
        if (application.Services.HasWebPage())
        {
            application.UseExplorer();
        }
    }

    private static bool IsLoopback(ServerOptions server) => IPAddress.IsLoopback(IPAddress.Parse(server.Address));
}
