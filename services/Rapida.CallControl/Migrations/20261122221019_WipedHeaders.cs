using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapida.CallControl.Migrations
{
    /// <inheritdoc />
    public partial class WipedHeaders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "holds_no_headers",
                table: "media_contexts",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "ix_media_contexts_holds_no_headers",
                table: "media_contexts",
                column: "holds_no_headers",
                filter: "not holds_no_headers");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_media_contexts_holds_no_headers",
                table: "media_contexts");

            migrationBuilder.DropColumn(
                name: "holds_no_headers",
                table: "media_contexts");
        }
    }
}
