namespace TopicGrpc.Docs.Tests;

/// <summary>Sources that are compiled with every block.</summary>
internal static class SnippetSource
{
    /// <summary>The implicit usings of Microsoft.NET.Sdk.Web, and xunit.</summary>
    public const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Net.Http.Json;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        global using Xunit;
        global using static Given;
        """;

    /// <summary>
    /// Names that the documents use without declaring them. They are members of a type, not variables, so that a block may declare a
    /// variable of the same name.
    /// </summary>
    public const string Given = """
        internal static class Given
        {
            public static WebApplicationBuilder builder => throw new NotSupportedException();

            public static IServiceCollection services => throw new NotSupportedException();

            public static TopicGrpc.Client.TopicGrpcClient client => throw new NotSupportedException();

            public static TopicGrpc.Client.Testing.FakeTopicGrpc fake => throw new NotSupportedException();

            public static IAsyncEnumerable<TopicGrpc.Client.Corpora.TopicDocument> documents => throw new NotSupportedException();

            public static CancellationToken ct => throw new NotSupportedException();
        }
        """;
}
