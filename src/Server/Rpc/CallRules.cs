using TopicGrpc.Server.Access;
using TopicGrpc.Server.Errors;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Rpc;

/// <summary>Decides whether a caller may call a method.</summary>
internal sealed class CallRules(MethodAccess methods, IHostEnvironment environment)
{
    private const string HealthPrefix = "/grpc.health.";

    /// <summary>Returns whether a method needs no caller: load balancers have no credentials.</summary>
    public static bool IsOpen(string method) => method.StartsWith(HealthPrefix, StringComparison.Ordinal);

    /// <summary>Checks the caller of a route that is no method of the contract.</summary>
    /// <exception cref="ServiceException">The caller may not use the route.</exception>
    public static void Require(HttpContext context, CallerFeature feature, RouteAccess? access)
    {
        Grant grant = feature.Caller.Grant;
        Role required = access?.Role ?? Role.Reader;
        if (feature.Failure is { } failure)
        {
            throw failure;
        }

        if (required > grant.Role)
        {
            throw AccessFault.RoleRequired(context.Request.Path, required, grant.Role);
        }

        if (access?.CorpusParameter is { } parameter && context.GetRouteValue(parameter) is string corpus && !grant.Corpora.Matches(corpus))
        {
            throw AccessFault.Hidden(ResourceKind.Corpus, corpus);
        }
    }

    /// <summary>Returns why a caller is rejected; null: it is not.</summary>
    public ServiceException? Check(CallerFeature feature, string method)
    {
        MethodRequirement? required = methods.Of(method);
        if (required is null && environment.IsDevelopment())
        {
            return null;
        }

        if (feature.Failure is not null || required is null)
        {
            return feature.Failure;
        }

        Grant grant = feature.Caller.Grant;
        if (required.Role > grant.Role)
        {
            return AccessFault.RoleRequired(required.Name, required.Role, grant.Role);
        }

        return required.UnrestrictedOnly && !grant.IsUnrestricted ? AccessFault.PatternsNotAllowed(required.Name) : null;
    }
}
