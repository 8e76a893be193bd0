using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TopicGrpc.Explorer.Assets;
using TopicGrpc.Explorer.Hosting;
using TopicGrpc.Explorer.Map;
using TopicGrpc.Explorer.Sessions;
using TopicGrpc.Explorer.SignIn;
using TopicGrpc.Explorer.Topics;

namespace TopicGrpc.Explorer;

/// <summary>Adds the page to a host.</summary>
public static class ExplorerRegistration
{
    // Events of a page are small; a text to ask about is the largest.
    private const int MaxEventBytes = 256 << 10;

    /// <summary>Registers the services of the page.</summary>
    /// <param name="services">Services of the host.</param>
    /// <param name="options">Returns what the host decides; called once, at the first request.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddExplorer(this IServiceCollection services, Func<IServiceProvider, ExplorerOptions> options)
    {
        services.AddRazorComponents()
            .AddInteractiveServerComponents(static circuits =>
            {
                circuits.DisconnectedCircuitMaxRetained = 50;
                circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(1);
            })
            .AddHubOptions(static hub => hub.MaximumReceiveMessageSize = MaxEventBytes);

        // Cookies and forms protected by a key are worthless after a restart, because sessions are in memory. So no key is stored.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAntiforgery(static forms =>
        {
            forms.Cookie.Name = "topicgrpc-form";
            forms.Cookie.HttpOnly = true;
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.SuppressXFrameOptionsHeader = true;
        });
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(static provider => new ServerConnection(provider.GetRequiredService<ExplorerOptions>().Server));
        services.AddSingleton<SessionStore>();
        services.AddScoped<Visitor>();
        services.AddSingleton<CircuitLimit>();
        services.AddScoped<CircuitHandler, CircuitCounter>();
        services.AddProvider();
        return services;
    }

    /// <summary>
    /// Serves the page below <see cref="ExplorerOptions.Path"/>, in a pipeline of its own: its routes, middleware and errors do not mix
    /// with those of the host.
    /// </summary>
    /// <param name="application">The host.</param>
    public static void UseExplorer(this IApplicationBuilder application)
    {
        ArgumentNullException.ThrowIfNull(application);
        ApplicationBuilder pages = new(application.ApplicationServices);
        pages.UseMiddleware<PageHeaders>();
        pages.UseMiddleware<OriginCheck>();
        pages.UseMiddleware<AssetMiddleware>();
        pages.UseMiddleware<CircuitLimitMiddleware>();
        pages.UseMiddleware<SessionMiddleware>();
        pages.UseMiddleware<ProviderMiddleware>();
        pages.UseRouting();
        pages.UseAntiforgery();
        pages.UseEndpoints(static endpoints =>
        {
            TopicExport.Map(endpoints);
            MapEndpoints.Map(endpoints);
            endpoints.MapRazorComponents<App>().AddInteractiveServerRenderMode(
                static mode => mode.ContentSecurityFrameAncestorsPolicy = null);
        });
        RequestDelegate run = pages.Build();
        application.Map(ExplorerOptions.Path, branch => branch.Run(context =>
        {
            // The routes of the host have matched the path already, at least as an unknown one.
            context.SetEndpoint(null);
            context.Request.RouteValues.Clear();
            return run(context);
        }));
    }
}
