WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddGrpc();
WebApplication app = builder.Build();
await app.RunAsync();
